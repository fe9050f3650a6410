"""A register that comes in as a workbook: read, recognise, validate, plan, apply, undo."""
