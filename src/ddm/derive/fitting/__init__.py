"""A picture -> the same as another camera, another light or a palette would show it."""
