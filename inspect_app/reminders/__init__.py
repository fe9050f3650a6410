"""Reminders: one digest a day for each person, of what is theirs."""
