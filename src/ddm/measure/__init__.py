"""creative -> scores of native look, judged on its pixels and its plain SVG."""
