"""Pages of the office about tablets: devices, receipts, contradictions, proposed objects."""
