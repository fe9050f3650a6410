"""Who changed what, provably."""
