"""Photographs -> the generator of `ddm/derive/extension/outpaint.onnx`, trained against a discriminator."""
