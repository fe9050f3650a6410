"""The names of columns."""

LETTERS = 26


def letters(place: int) -> str:
    """Return the letters of the column at a place counted from 1 (27 is AA)."""
    name = ""
    while place:
        place, rest = divmod(place - 1, LETTERS)
        name = chr(ord("A") + rest) + name
    return name
