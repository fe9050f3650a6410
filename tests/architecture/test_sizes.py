"""Files, functions and views stay small enough to be read at a glance."""

import ast

from tests.architecture.sources import everything, ours

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
LONGEST_VIEW = 15
ROUTES = {"route", "get", "post", "put", "patch", "delete"}


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, the docstring left out."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function) is None:
        return lines
    docstring = function.body[0]
    return lines - ((docstring.end_lineno or docstring.lineno) - docstring.lineno + 1)


def is_view(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(
        isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Attribute) and decorator.func.attr in ROUTES
        for decorator in function.decorator_list
    )


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {str(source.path): len(source.text.splitlines()) for source in everything()}
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE}


def test_no_function_is_longer_than_50_lines() -> None:
    found = [
        f"{source.at(function)} {function.name} {length(function)}"
        for source in everything()
        for function in source.functions()
        if length(function) > LONGEST_FUNCTION
    ]
    assert not found


def test_no_view_is_longer_than_15_lines() -> None:
    found = [
        f"{source.at(function)} {function.name} {length(function)}"
        for source in ours()
        for function in source.functions()
        if is_view(function) and length(function) > LONGEST_VIEW
    ]
    assert not found
