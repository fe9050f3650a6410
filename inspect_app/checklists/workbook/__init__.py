"""Checklists as workbooks: out to Excel and back, and in from XLSForm."""
