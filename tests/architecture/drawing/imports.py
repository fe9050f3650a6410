"""What stands on which floor and what imports what, read from the contract and from the code."""

import tomllib
from collections.abc import Iterator, Mapping
from importlib import import_module

import grimp

from tests.architecture.sources import PACKAGE, ROOT

OURS = "inspect_app"


def floors() -> list[list[str]]:
    """The layers of the import contract, top first, with the members that exist."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "floors")
    named = [[name.strip(" ()") for name in layer.split("|")] for layer in layers]
    existing = [[name for name in layer if exists(name)] for layer in named]
    return [layer for layer in existing if layer]


def exists(name: str) -> bool:
    return is_package(name) or (PACKAGE / f"{name}.py").is_file()


def is_package(name: str) -> bool:
    return (PACKAGE / name / "__init__.py").is_file()


def purpose(name: str) -> str:
    """First line of the docstring."""
    lines = (import_module(f"{OURS}.{name}").__doc__ or "").strip().splitlines()
    return lines[0] if lines else ""


def imports() -> dict[str, set[str]]:
    """Which floor members each of them imports; `create_app` loads the packages by name."""
    found: dict[str, set[str]] = {name: set() for layer in floors() for name in layer}
    for importer, imported in _pairs(grimp.build_graph(OURS, cache_dir=None)):
        if importer != imported and importer in found and imported in found:
            found[importer].add(imported)
    found["factory"].update(import_module(f"{OURS}.factory").PACKAGES)
    return found


def _pairs(graph: grimp.ImportGraph) -> Iterator[tuple[str, str]]:
    for module in sorted(graph.modules):
        for other in sorted(graph.find_modules_directly_imported_by(module)):
            if "." in module and "." in other:
                yield module.split(".")[1], other.split(".")[1]


def reduced(found: Mapping[str, set[str]]) -> list[tuple[str, str]]:
    """The imports that do not follow from others, in the order of the floors."""
    return [
        (importer, imported)
        for importer, all_imported in found.items()
        for imported in found
        if imported in all_imported and not any(imported in below(found, other) for other in all_imported - {imported})
    ]


def below(found: Mapping[str, set[str]], name: str) -> set[str]:
    """Everything that a member reaches through imports."""
    reached: set[str] = set()
    waiting = list(found[name])
    while waiting:
        other = waiting.pop()
        if other not in reached:
            reached.add(other)
            waiting += found[other]
    return reached
