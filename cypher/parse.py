"""Reads one query file and checks it against its own first line."""

import re

from cypher.macros import expand
from cypher.statement import SLOT, Access, CatalogueError, Entry, Fragment, Query, Sees, Template

_NAME_AND_PARAMS = r"(?P<name>[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*)  params: (?P<params>-|\w+(?:, \w+)*)"
_STATEMENT = re.compile(
    rf"// name: {_NAME_AND_PARAMS}  access: (?P<access>read|write)  sees: (?P<sees>viewer|company|all)"
    r"(?:  slots: (?P<slots>\w+(?:, \w+)*))?"
)
_FRAGMENT = re.compile(rf"// fragment: {_NAME_AND_PARAMS}")
_SKIPPED = re.compile(r"//[^\n]*|/\*.*?\*/|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", re.DOTALL)
_PARAMETER = re.compile(r"\$(\w+)")
_WRITES = re.compile(r"\b(CREATE|MERGE|SET|DELETE|REMOVE|DROP|FOREACH)\b")
_ACCESS: dict[str, Access] = {"read": "read", "write": "write"}
_SEES: dict[str, Sees] = {"viewer": "viewer", "company": "company", "all": "all"}


def own_params(text: str) -> set[str]:
    """The parameters that stand in a text."""
    return set(_PARAMETER.findall(text))


def parse(path: str, text: str) -> Entry:
    """Check one file (`path` is `subject/verb.cypher`) and return what it holds; raises CatalogueError."""
    first = text.partition("\n")[0].rstrip()
    header = _STATEMENT.fullmatch(first) or _FRAGMENT.fullmatch(first)
    if header is None:
        raise CatalogueError(f"{path}: the first line is not '// name: …  params: …  access: …  sees: …'")
    expected = path.removesuffix(".cypher").replace("/", ".")
    if header["name"] != expected:
        raise CatalogueError(f"{path}: the first line names {header['name']}, the path says {expected}")
    bare = _SKIPPED.sub(" ", text)
    own = _declared(path, "params", header["params"].replace("-", ""), own_params(bare))
    body, brought = expand(text.partition("\n")[2].strip())
    if header.re is _FRAGMENT:
        _only_reads(path, "a fragment", bare)
        return Fragment(expected, body, own | brought)
    return _statement(path, header, bare, body, own | brought)


def _statement(
    path: str, header: re.Match[str], bare: str, body: str, params: frozenset[str]
) -> Query | Template:
    slots = _declared(path, "slots", header["slots"] or "", set(SLOT.findall(bare)))
    access, sees = _ACCESS[header["access"]], _SEES[header["sees"]]
    if access == "read":
        _only_reads(path, "access: read", bare)
    if slots:
        return Template(header["name"], body, params, access, sees, slots)
    return Query(header["name"], body, params, access, sees)


def _only_reads(path: str, what: str, bare: str) -> None:
    if found := _WRITES.search(bare):
        raise CatalogueError(f"{path}: {what} only reads, but this holds {found[0]}")


def _declared(path: str, what: str, declared: str, used: set[str]) -> frozenset[str]:
    listed = set(filter(None, declared.split(", ")))
    if listed != used:
        raise CatalogueError(f"{path}: {what} say {sorted(listed)}, the text uses {sorted(used)}")
    return frozenset(listed)
