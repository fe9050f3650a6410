"""The JSON API of tablets, version 1: what is sent twice is kept once, and nothing sent in good faith is lost."""
