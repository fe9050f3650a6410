"""What leaders and staff take away: pages, ledgers."""
