"""Reads the query files once and checks each against its own first line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Literal, TypeVar

Access = Literal["read", "write"]

_NAME_AND_PARAMS = r"(?P<name>[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*)  params: (?P<params>-|\w+(?:, \w+)*)"
_HEADER = re.compile(
    rf"// name: {_NAME_AND_PARAMS}"
    r"  access: (?P<access>read|write)(?:  slots: (?P<slots>\w+(?:, \w+)*))?"
)
_SKIPPED = re.compile(r"//[^\n]*|/\*.*?\*/|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", re.DOTALL)
_PARAMETER = re.compile(r"\$(\w+)")
_SLOT = re.compile(r"\{\{(\w+)\}\}")
_WRITES = re.compile(r"\b(CREATE|MERGE|SET|DELETE|REMOVE|DROP|FOREACH)\b")
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_FRAGMENT = re.compile(rf"// fragment: {_NAME_AND_PARAMS}")
_NOT_QUERIES = ("arcadedb", "neo4j")


class CatalogueError(Exception):
    """A query file contradicts its own header, or no such query exists; a defect, not a user's mistake."""


@dataclass(frozen=True, slots=True)
class Query:
    """A named statement with constant text."""

    name: str
    text: str
    params: frozenset[str]
    access: Access


@dataclass(frozen=True, slots=True)
class Template:
    """A statement with slots for names that the graph model allows."""

    name: str
    text: str
    params: frozenset[str]
    access: Access
    slots: frozenset[str]

    def render(self, **filled: str) -> Query:
        """The statement with every slot filled; a value is identifiers, or lines built of them.

        Raises CatalogueError for a slot too many or too few.
        """
        if filled.keys() != self.slots:
            raise CatalogueError(f"{self.name} has slots {sorted(self.slots)}, got {sorted(filled)}")
        text = _SLOT.sub(lambda slot: filled[slot[1]], self.text)
        shown = ",".join(item for item in filled.values() if _IDENTIFIER.fullmatch(item))
        return Query(f"{self.name}[{shown}]", text, self.params, self.access)


@dataclass(frozen=True, slots=True)
class Fragment:
    """Items of a RETURN that several statements share; it reads the names its template binds."""

    name: str
    text: str
    params: frozenset[str]


Entry = Query | Template | Fragment
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

    Raises CatalogueError where one of them does not exist.
    """
    found = [fragment(part) for part in parts]
    filled = template(name).render(parts=",\n".join(one.text for one in found))
    verbs = ",".join(part.partition(".")[2] for part in parts)
    params = filled.params.union(*(one.params for one in found))
    return Query(f"{name}[{verbs}]", filled.text, params, filled.access)


def names() -> tuple[str, ...]:
    """Names of all queries, sorted."""
    return _named(Query)


def templates() -> tuple[str, ...]:
    """Names of all templates, sorted."""
    return _named(Template)


def fragments() -> tuple[str, ...]:
    """Names of all fragments, sorted."""
    return _named(Fragment)


def parse(path: str, text: str) -> Entry:
    """Check one file (`path` is `subject/verb.cypher`) and return what it holds; raises CatalogueError."""
    first = text.partition("\n")[0].rstrip()
    header = _HEADER.fullmatch(first) or _FRAGMENT.fullmatch(first)
    if header is None:
        raise CatalogueError(f"{path}: the first line is not '// name: …  params: …  access: …'")
    expected = path.removesuffix(".cypher").replace("/", ".")
    if header["name"] != expected:
        raise CatalogueError(f"{path}: the first line names {header['name']}, the path says {expected}")
    bare = _SKIPPED.sub(" ", text)
    params = _declared(path, "params", header["params"].replace("-", ""), set(_PARAMETER.findall(bare)))
    if header.re is _FRAGMENT:
        if found := _WRITES.search(bare):
            raise CatalogueError(f"{path}: a fragment only reads, this one holds {found[0]}")
        return Fragment(expected, _body(text), params)
    return _statement(path, header, text, bare, params)


def _statement(
    path: str, header: re.Match[str], text: str, bare: str, params: frozenset[str]
) -> Query | Template:
    slots = _declared(path, "slots", header["slots"] or "", set(_SLOT.findall(bare)))
    access: Access = "write" if header["access"] == "write" else "read"
    if access == "read" and (found := _WRITES.search(bare)):
        raise CatalogueError(f"{path}: says access: read, but holds {found[0]}")
    if slots:
        return Template(header["name"], _body(text), params, access, slots)
    return Query(header["name"], _body(text), params, access)


def _body(text: str) -> str:
    return text.partition("\n")[2].strip()


def _declared(path: str, what: str, declared: str, used: set[str]) -> frozenset[str]:
    listed = set(filter(None, declared.split(", ")))
    if listed != used:
        raise CatalogueError(f"{path}: {what} say {sorted(listed)}, the text uses {sorted(used)}")
    return frozenset(listed)


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
