"""HTTPS where no public authority reaches: an authority of the office's own, and the server certificate it issues."""
