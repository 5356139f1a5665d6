"""DuckDB SQL put together from pieces: names are quoted, values are bound, so no input ever runs as SQL."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class ValueInText(TypeError):
    """A piece with bound values was used as plain text, which would lose them; a defect. Use `fill`."""


@dataclass(frozen=True, slots=True)
class Sql:
    """Text of this program, or made by the functions here, with the values of its `$parameters`."""

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        if self.values:
            raise ValueInText(self.text)
        return self.text


NULL = Sql("NULL")


def fill(template: str, **parts: Sql) -> Sql:
    """A literal template with `{name}` places filled by pieces, which bring their values along."""
    text = template.format(**{place: part.text for place, part in parts.items()})
    return Sql(text, _together(parts.values()))


def name(identifier: str) -> Sql:
    """A quoted identifier."""
    return Sql('"' + identifier.replace('"', '""') + '"')


def bind(value: str | float | list[str] | dict[str, str]) -> Sql:
    """A parameter with its value. Its name comes from the value: equal values share one parameter."""
    digest = hashlib.sha256(f"{type(value).__name__}:{value!r}".encode()).hexdigest()
    parameter = f"v_{digest[:16]}"
    return Sql(f"${parameter}", {parameter: value})


def bind_all(values: Iterable[str]) -> Sql:
    """Parameters separated by commas."""
    return listed(map(bind, values))


def as_parquet(query: Sql, path: Path) -> Sql:
    """The statement that writes the rows of a query as one Parquet file."""
    return fill(
        "COPY ({query}) TO {path} (FORMAT parquet, COMPRESSION zstd)", query=query, path=bind(str(path))
    )


def listed(pieces: Iterable[Sql], separator: str = ", ") -> Sql:
    """Pieces separated by commas (or another literal separator)."""
    given = list(pieces)
    return Sql(separator.join(piece.text for piece in given), _together(given))


def every(conditions: Iterable[Sql]) -> Sql:
    """All conditions hold; true when there is none."""
    given = list(conditions)
    return listed(map(_bracketed, given), " AND ") if given else Sql("true")


def any_of(conditions: Iterable[Sql]) -> Sql:
    """At least one condition holds; false when there is none."""
    given = list(conditions)
    return listed(map(_bracketed, given), " OR ") if given else Sql("false")


def coalesce(pieces: Iterable[Sql]) -> Sql:
    """The first piece that is not null."""
    return fill("coalesce({all})", all=listed([*pieces, NULL]))


def packed(values: Mapping[str, Sql]) -> Sql:
    """The JSON text of an object with these values, by name; empty values are left out."""
    if not values:
        return Sql("'{}'")
    return fill("json_merge_patch('{{}}'::JSON, {all})::TEXT", all=packed_whole(dict(sorted(values.items()))))


def packed_whole(values: Mapping[str, Sql]) -> Sql:
    """The JSON of an object with these values, by name; empty values stand as null."""
    fields = listed(fill("{n} := {v}", n=name(key), v=value) for key, value in values.items())
    return fill("to_json(struct_pack({fields}))", fields=fields)


def _bracketed(condition: Sql) -> Sql:
    return fill("({c})", c=condition)


def _together(pieces: Iterable[Sql]) -> dict[str, Any]:
    return {parameter: value for piece in pieces for parameter, value in piece.values.items()}
