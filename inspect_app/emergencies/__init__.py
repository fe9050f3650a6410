"""Earthquake mode (震后应急): which sites may be hit, what is checked first, what stands still."""
