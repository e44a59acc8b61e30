"""the web editor: a template's text beside its live creatives."""
