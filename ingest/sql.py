"""DuckDB SQL put together from quoted pieces, so that no file's or mapping's text ever runs as SQL."""

from collections.abc import Iterable
from typing import NewType

Sql = NewType("Sql", str)
"""SQL text that is safe to run: a literal of this program, or made by the functions here."""

NULL = Sql("NULL")


def fill(template: str, **parts: Sql) -> Sql:
    """A literal template with `{name}` places filled by SQL pieces."""
    return Sql(template.format(**parts))


def name(identifier: str) -> Sql:
    """A quoted identifier."""
    return Sql('"' + identifier.replace('"', '""') + '"')


def text(value: str) -> Sql:
    """A quoted text literal."""
    return Sql("'" + value.replace("'", "''") + "'")


def texts(values: Iterable[str]) -> Sql:
    """Quoted literals separated by commas."""
    return Sql(", ".join(text(value) for value in values))


def number(value: float) -> Sql:
    """A number literal."""
    return Sql(repr(value))


def listed(pieces: Iterable[Sql], separator: str = ", ") -> Sql:
    """Pieces separated by commas (or another literal separator)."""
    return Sql(separator.join(pieces))


def every(conditions: Iterable[Sql]) -> Sql:
    """All conditions hold; true when there is none."""
    joined = " AND ".join(f"({condition})" for condition in conditions)
    return Sql(joined or "true")


def any_of(conditions: Iterable[Sql]) -> Sql:
    """At least one condition holds; false when there is none."""
    joined = " OR ".join(f"({condition})" for condition in conditions)
    return Sql(joined or "false")


def coalesce(pieces: Iterable[Sql]) -> Sql:
    """The first piece that is not null."""
    return Sql(f"coalesce({listed([*pieces, NULL])})")
