"""County workbooks, from bytes to applied rows."""
