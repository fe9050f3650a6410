"""Stored files and what they prove."""
