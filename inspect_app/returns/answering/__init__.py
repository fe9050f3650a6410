"""The answer to a county: its own file back, with what is wrong marked where it stands and an account in front."""
