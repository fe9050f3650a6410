"""The library of obligations: what five places ask of their units each year, as definitions others may adopt."""
