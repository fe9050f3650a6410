"""Inspected objects with their seismic card."""
