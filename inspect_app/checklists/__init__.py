"""Versioned checklists."""
