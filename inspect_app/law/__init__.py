"""Legal bases and the dates they were in force."""
