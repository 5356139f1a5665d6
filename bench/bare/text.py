"""The bare statements, one file each in this folder, with their label, type and key names filled in."""

from collections.abc import Iterable
from importlib import resources


def statement(name: str, **names: str) -> str:
    """The text of `<name>.cypher` with `{placeholders}` replaced; the names come from graph.model only."""
    text = resources.files("bench.bare").joinpath(f"{name}.cypher").read_text(encoding="utf-8")
    for placeholder, value in names.items():
        text = text.replace("{" + placeholder + "}", value)
    return text


def times_clause(variable: str, properties: Iterable[str]) -> str:
    """`, v.p = datetime(row.times.p)` per temporal property: both engines need the conversion."""
    return "".join(f", {variable}.{name} = datetime(row.times.{name})" for name in sorted(properties))


def pattern(type_: str, key: str | None, anchor: str) -> str:
    """What to merge, begun at the end that has few: the embedded engine walks that node's list."""
    identity = f" {{{key}: row.key}}" if key else ""
    return f"(a)-[r:{type_}{identity}]->(b)" if anchor == "start" else f"(b)<-[r:{type_}{identity}]-(a)"
