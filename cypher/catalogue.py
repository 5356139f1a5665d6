"""Every query file by its name, read once."""

from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TypeVar

from cypher import macros
from cypher.parse import parse
from cypher.statement import CatalogueError, Entry, Fragment, Query, Template

_NOT_QUERIES = ("arcadedb", "neo4j", macros.FOLDER)
_Kind = TypeVar("_Kind", Query, Template, Fragment)


def query(name: str) -> Query:
    """The query of this name; raises CatalogueError where there is none."""
    return _entry(name, Query)


def template(name: str) -> Template:
    """The template of this name; raises CatalogueError where there is none."""
    return _entry(name, Template)


def fragment(name: str) -> Fragment:
    """The fragment of this name; raises CatalogueError where there is none."""
    return _entry(name, Fragment)


@cache
def composed(name: str, parts: tuple[str, ...]) -> Query:
    """The template `name` with these fragments, in order, in its slot `parts`; it takes their parameters too.

    Its slot `columns` becomes entries of a map, one for each fragment, by the name of what it returns.

    Raises CatalogueError where one of them does not exist.
    """
    found = [fragment(part) for part in parts]
    columns = ", ".join(f"{one.column}: {one.column}" for one in found)
    filled = template(name).render(parts=",\n".join(one.text for one in found), columns=columns)
    verbs = ",".join(part.partition(".")[2] for part in parts)
    params = filled.params.union(*(one.params for one in found))
    return Query(f"{name}[{verbs}]", filled.text, params, filled.access, filled.sees)


def names() -> tuple[str, ...]:
    """Names of all queries, sorted."""
    return _named(Query)


def templates() -> tuple[str, ...]:
    """Names of all templates, sorted."""
    return _named(Template)


def fragments() -> tuple[str, ...]:
    """Names of all fragments, sorted."""
    return _named(Fragment)


def _named(kind: type[Entry]) -> tuple[str, ...]:
    return tuple(sorted(name for name, entry in _catalogue().items() if isinstance(entry, kind)))


def _entry(name: str, kind: type[_Kind]) -> _Kind:
    entry = _catalogue().get(name)
    if not isinstance(entry, kind):
        raise CatalogueError(f"cypher/ holds no {kind.__name__.lower()} named {name}")
    return entry


@cache
def _catalogue() -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for subject in resources.files(__package__).iterdir():
        if subject.is_dir() and subject.name not in _NOT_QUERIES:
            found |= {entry.name: entry for entry in _read(subject)}
    return found


def _read(subject: Traversable) -> Iterator[Entry]:
    for file in subject.iterdir():
        if file.name.endswith(".cypher"):
            yield parse(f"{subject.name}/{file.name}", file.read_text(encoding="utf-8"))


def engine_statements(engine: str, name: str) -> tuple[str, ...]:
    """Schema statements that only this engine understands, from `cypher/<engine>/<name>.*`, in order."""
    folder = resources.files(__package__) / engine
    suffix = ".sql" if engine == "arcadedb" else ".cypher"
    text = (folder / f"{name}{suffix}").read_text(encoding="utf-8")
    return tuple(filter(None, (part.strip() for part in text.split(";"))))
