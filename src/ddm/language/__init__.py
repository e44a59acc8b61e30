"""template file -> Template: parsed, checked, compiled once."""
