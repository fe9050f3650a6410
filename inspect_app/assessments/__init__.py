"""Scores of counties, explained and rolled up."""
