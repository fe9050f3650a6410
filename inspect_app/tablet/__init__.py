"""The tablet in the field: packs to take along, what comes back, and the devices that may send it."""
