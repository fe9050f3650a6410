"""Earthquakes (震情): the clocks that an event starts, what is reported on them, and anomalies that are verified."""
