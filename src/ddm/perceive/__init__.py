"""raw material -> Perception: typed attributes of one material and the pixels derived from it."""
