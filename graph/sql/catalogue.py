"""Reads the statement files once and checks each against its own first line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from graph.sql.pieces import Sql
from graph.sql.relation import Relation

_LIST = r"-|\w+(?:, \w+)*"
_HEADER = re.compile(
    rf"-- name: (?P<name>[a-z_]+\.[a-z_]+)  params: (?P<params>{_LIST})  relations: (?P<relations>{_LIST})"
)
_SKIPPED = re.compile(r"--[^\n]*|'(?:[^']|'')*'")
_PARAMETER = re.compile(r"\$(\w+)")
_SLOT = re.compile(r"\{\{(\w+)\}\}")


class StatementError(Exception):
    """A statement file contradicts its own header, or none has this name; a defect, not a user's mistake."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A named statement with constant text: values by `$name`, relations by `{{name}}`."""

    name: str
    text: str
    params: frozenset[str]
    relations: frozenset[str]

    def given(self, **filled: Any) -> Sql:
        """The statement with a Relation for every slot and a value for every parameter.

        Raises StatementError where one is missing, too many, or no Relation stands in a slot.
        """
        if filled.keys() != self.params | self.relations:
            wanted = sorted(self.params | self.relations)
            raise StatementError(f"{self.name} takes {wanted}, got {sorted(filled)}")
        text = _SLOT.sub(lambda slot: self._table(filled[slot[1]]), self.text)
        return Sql(text, {name: filled[name] for name in self.params})

    def _table(self, relation: object) -> str:
        if not isinstance(relation, Relation):
            raise StatementError(f"{self.name}: {relation!r} is no relation")
        return relation.table.text


@dataclass(frozen=True)
class Catalogue:
    """The statements of one package: its folders are the subjects, their `.sql` files the verbs."""

    package: str

    def statement(self, name: str, **filled: Any) -> Sql:
        """The statement `subject.verb`, filled; raises StatementError (see Statement.given)."""
        found = self._by_name.get(name)
        if found is None:
            raise StatementError(f"{self.package.replace('.', '/')}/ holds no statement named {name}")
        return found.given(**filled)

    def statements(self) -> tuple[Statement, ...]:
        """Every statement, by name."""
        return tuple(found for _, found in sorted(self._by_name.items()))

    @cached_property
    def _by_name(self) -> dict[str, Statement]:
        subjects = (item for item in resources.files(self.package).iterdir() if item.is_dir())
        return {found.name: found for subject in subjects for found in _read(subject)}


def parse(path: str, text: str) -> Statement:
    """Check one file (`path` is `subject/verb.sql`) and return what it holds; raises StatementError."""
    first, _, body = text.partition("\n")
    header = _HEADER.fullmatch(first.rstrip())
    if header is None:
        raise StatementError(f"{path}: the first line is not '-- name: …  params: …  relations: …'")
    expected = path.removesuffix(".sql").replace("/", ".")
    if header["name"] != expected:
        raise StatementError(f"{path}: the first line names {header['name']}, the path says {expected}")
    bare = _SKIPPED.sub(" ", body)
    params = _declared(path, "params", header["params"], set(_PARAMETER.findall(bare)))
    relations = _declared(path, "relations", header["relations"], set(_SLOT.findall(bare)))
    return Statement(expected, body.strip(), params, relations)


def _declared(path: str, what: str, declared: str, used: set[str]) -> frozenset[str]:
    listed = set() if declared == "-" else set(declared.split(", "))
    if listed != used:
        raise StatementError(f"{path}: {what} say {sorted(listed)}, the text uses {sorted(used)}")
    return frozenset(listed)


def _read(subject: Traversable) -> Iterator[Statement]:
    for file in subject.iterdir():
        if file.name.endswith(".sql"):
            yield parse(f"{subject.name}/{file.name}", file.read_text(encoding="utf-8"))
