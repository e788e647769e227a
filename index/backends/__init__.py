"""Nearest-neighbour backends."""
