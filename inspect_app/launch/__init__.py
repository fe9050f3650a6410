"""From a bare machine to a running demo or a passing test run. Standard library only: nothing is installed yet."""
