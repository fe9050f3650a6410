"""Campaigns (督导检查方案): scope, teams and visits of a round of inspections, coverage of the year, random draws."""
