"""The inventory of hidden hazards and their closure."""
