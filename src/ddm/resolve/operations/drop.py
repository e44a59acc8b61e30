"""`drop`: the layer is left out where its condition holds."""


def drop(holds: bool) -> bool:
    return not holds
