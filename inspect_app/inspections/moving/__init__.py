"""Moving an open visit to a newer version of its lists: an explicit step that keeps what was answered."""
