"""Bags (.jcbag): files that carry to the office what a tablet cannot send, and to the tablet what it cannot fetch."""
