"""Registers (底数台账): what a county has, kept entry by entry with its history."""
