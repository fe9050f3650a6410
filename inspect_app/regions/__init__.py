"""The region tree and the units that act in it."""
