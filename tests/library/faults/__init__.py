"""What may go wrong beneath a library: nothing is lost, and damage is told."""
