"""Base layout, error pages, base form, components."""
