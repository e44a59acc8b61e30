"""The Dynamic Descriptive Model: product pages in, native-looking advertising creatives out."""

__version__ = "0.1.0"
