"""Who may do what: the permission table on one page, the acting person, and the guard of routes."""
