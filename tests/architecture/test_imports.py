"""Imports point one way, and heavy packages stay in their rooms."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import networkx

from tests.paths import REPO

ALLOWED = {
    "cypher": {"cypher"},
    "graph": {"graph", "cypher"},
    "ingest": {"ingest", "graph", "cypher"},
    "gnn": {"gnn", "graph", "cypher"},
    "graphql_api": {"graphql_api", "graph", "cypher"},
    "simulate": {"simulate", "graph"},
    "relgraph": {"relgraph", "simulate", "ingest", "gnn", "graphql_api", "graph", "cypher"},
}
ONLY_IN = {
    "neo4j": ("graph/store",),
    "arcadedb_embedded": ("graph/store/embedded",),
    "splink": ("ingest/resolve",),
    "torch": ("gnn",),
    "torch_geometric": ("gnn",),
    "sklearn": ("gnn",),
    "scipy": ("gnn", "ingest/resolve"),
    "strawberry": ("graphql_api",),
    "typer": ("relgraph",),
}
BANNED_NAMES = {"utils", "helpers", "common", "manager", "base"}
NAMED_BASE = {"graph/model/base.py"}


def modules() -> Iterator[Path]:
    for package in ALLOWED:
        yield from sorted((REPO / package).rglob("*.py"))


@cache
def parsed(path: Path) -> tuple[ast.AST, ...]:
    """Every node of a module."""
    return tuple(ast.walk(ast.parse(path.read_text("utf-8"))))


@cache
def imported(path: Path) -> tuple[str, ...]:
    names: list[str] = []
    for node in parsed(path):
        if isinstance(node, ast.Import):
            names += (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.append(node.module)
    return tuple(names)


def shown(path: Path) -> str:
    return str(path.relative_to(REPO))


def test_packages_import_only_what_lies_below_them() -> None:
    wrong = [
        f"{shown(path)} imports {name}"
        for path in modules()
        for name in imported(path)
        if (root := name.partition(".")[0]) in ALLOWED
        and root not in ALLOWED[path.relative_to(REPO).parts[0]]
    ]
    assert wrong == []


def test_heavy_packages_stay_in_their_rooms() -> None:
    wrong = [
        f"{shown(path)} imports {name}"
        for path in modules()
        for name in imported(path)
        if (rooms := ONLY_IN.get(name.partition(".")[0])) and not shown(path).startswith(rooms)
    ]
    assert wrong == []


def test_services_use_no_event_loop() -> None:
    """A blocking store drives them to their end in one step, so they wait for nothing but the store."""
    wrong = [
        f"{shown(path)} imports {name}"
        for path in sorted((REPO / "graph").rglob("*.py"))
        if not shown(path).startswith("graph/store/")
        for name in imported(path)
        if name.partition(".")[0] in {"asyncio", "anyio", "threading", "concurrent"}
    ]
    assert wrong == []


def test_only_settings_read_the_environment() -> None:
    wrong = [
        shown(path)
        for path in modules()
        if shown(path) != "relgraph/settings.py"
        for node in parsed(path)
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    ]
    assert wrong == []


def test_no_module_is_named_for_nothing() -> None:
    wrong = [shown(path) for path in modules() if path.stem in BANNED_NAMES]
    assert set(wrong) == NAMED_BASE


def test_nothing_is_unpickled() -> None:
    """Catching `pickle.UnpicklingError` is allowed; reading a pickle is not."""
    readers = {"load", "loads", "Unpickler"}
    wrong = [
        shown(path)
        for path in modules()
        for node in parsed(path)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in {"pickle", "cloudpickle", "dill", "joblib"}
        and node.attr in readers
    ]
    assert wrong == []


def test_no_import_circles() -> None:
    """Imports for type checkers and inside functions count; a package's `__init__` only hands names on."""
    names = {".".join(p.relative_to(REPO).with_suffix("").parts): p for p in modules()}
    arrows: networkx.DiGraph[str] = networkx.DiGraph()
    for name, path in names.items():
        wanted = {*imported(path), *submodules(path)}
        arrows.add_edges_from((name, other) for other in wanted if other in names)
    circles = [circle for circle in networkx.strongly_connected_components(arrows) if len(circle) > 1]
    assert circles == []


def submodules(path: Path) -> Iterator[str]:
    """What `from package import name` imports where the name is a module."""
    for node in parsed(path):
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
