"""How what the system itself put into a workbook is known again when that comes back."""

OWN = "【系统】"
"""What the first cell of a sheet of ours begins with, and a comment of ours."""
OWN_RED = "FFC9CF"
"""The colour in which an answer marks bad cells: nobody's sign of anything."""

OWN_HEADING = "错误说明"
"""The heading of the column in which an answer says what became of a row."""


def without_own(comment: str) -> str:
    """Return what somebody else wrote into a comment."""
    return comment.split(OWN, maxsplit=1)[0].strip()
