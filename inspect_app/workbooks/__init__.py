"""Workbooks in and out, cell by cell."""
