"""What lies over a photograph: strokes of lettering, plates beneath it, signs, and what can be seen through."""
