"""A material as perceived -> new pixels of it: grown, cleaned, cut out, lit, shaded; `TABLE` has a row for each."""
