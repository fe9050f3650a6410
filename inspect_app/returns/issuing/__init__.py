"""Workbooks issued to a county: its open hazards to be brought up to date, and empty rows for what is new.

What comes back is known by its keys and compared with what went out, so that only what the county changed counts.
"""
