"""Template x library -> Bindings: which material for which object, ranked, explained."""
