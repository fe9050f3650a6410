"""Doubts (疑点): entries that look untrue, each with the rows behind it and where to mend it."""
