"""Chasing (督办): rungs of escalation, listing and delisting, looking back after closure."""
