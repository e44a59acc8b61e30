"""a catalogue and its photographs -> a small shop of two storefronts, served on the loopback interface."""

from ddm.demo.shop.shop import build, catalogue, serve_shop

__all__ = ["build", "catalogue", "serve_shop"]
