"""Feedback: what a unit tells of something it owes, and what the office above says to that."""
