"""What a tablet takes along: visits, lists, sites, earlier findings, open hazards and names, read for all at once."""
