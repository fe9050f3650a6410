"""Words that belong to no subject: database, clock, working days, errors, lifecycles, definitions, references."""
