"""What lies inside a picture's border -> what may lie beyond it: guides, copied detail, seams, and how sure that is."""
