"""The text of a condition -> a small tree, which is checked, reasoned about, and run on records."""
