"""Boards of a work plan: the matrix of tasks and units, who is stuck, letters that urge, summaries."""
