"""Workbooks in which a unit reports what it owes: issued, read again, compared, applied, taken back."""
