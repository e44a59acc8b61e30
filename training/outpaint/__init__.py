"""Photographs -> the generator of `ddm/perceive/weights/outpaint.onnx`, trained against a discriminator."""
