"""A notice comes in, a person reviews what was read of it, and it is published."""
