"""Our own source files as the rules of the house see them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "inspect_app"
KEPT_FOLDERS = (".ci", "checklists", "deploy", "docs", "inspect_app", "migrations", "reports", "requirements", "tests")
TEXT = {".cfg", ".css", ".csv", ".html", ".js", ".json", ".md", ".po", ".py", ".service", ".toml", ".txt", ".yml", ""}


@dataclass(frozen=True)
class Source:
    """A Python file: its dotted name, path and syntax tree."""

    path: Path

    @cached_property
    def name(self) -> str:
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, str(self.path))

    @property
    def stem(self) -> str:
        return self.path.stem

    def at(self, node: ast.stmt | ast.expr) -> str:
        return f"{self.path.relative_to(ROOT)}:{node.lineno}"

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


@lru_cache
def ours() -> tuple[Source, ...]:
    """List the modules of the product."""
    return tuple(Source(path) for path in sorted(PACKAGE.rglob("*.py")))


@lru_cache
def everything() -> tuple[Source, ...]:
    """List every Python file of the repository but the generated migrations."""
    tests = sorted((ROOT / "tests").rglob("*.py"))
    return (*ours(), *(Source(path) for path in tests), *(Source(path) for path in ROOT.glob("*.py")))


def kept_texts() -> Iterator[tuple[Path, str]]:
    """Give every text file that belongs to the repository, with its content."""
    tops = [path for path in ROOT.iterdir() if path.is_file() and path.name not in {"uv.lock", ".env", ".git"}]
    inside = [path for folder in KEPT_FOLDERS for path in sorted((ROOT / folder).rglob("*")) if path.is_file()]
    for path in (*tops, *inside):
        if path.suffix in TEXT and "__pycache__" not in path.parts:
            yield path.relative_to(ROOT), path.read_text(encoding="utf-8")
