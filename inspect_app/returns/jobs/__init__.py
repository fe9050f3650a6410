"""Work on large files that goes on outside the request, in a process of its own."""
