"""HTTP: creatives by signed URL, with their SVG and their explanation."""

from ddm.serve.app import create_app
from ddm.serve.service import Made, Order, Service
from ddm.serve.signing import Signer

__all__ = ["Made", "Order", "Service", "Signer", "create_app"]
