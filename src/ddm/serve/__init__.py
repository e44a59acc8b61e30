"""HTTP: creatives by signed URL, with their SVG and their explanation."""
