"""`keep`: the layer is drawn only where its condition holds."""


def keep(holds: bool) -> bool:
    return holds
