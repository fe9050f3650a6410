"""Visits, answers and what follows from them."""
