"""Orders by several keys: what a statement sorts by, and what lies behind a cursor of it.

Statements that are sorted so have slots for `keys`, `after`, `shown` and `order`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cypher import Query, Template
from cypher.macros import expand
from cypher.parse import own_params
from graph.errors import UsageError
from graph.keyset import BadCursor, cursor, key_after

MOST_KEYS = 4


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its word in cursors, and an expression of the statement that is never null."""

    word: str
    expression: str
    descending: bool = False
    text: bool = False
    """Whether its values are texts; else they are numbers."""


@dataclass(frozen=True, slots=True)
class Behind:
    """The condition that holds behind a cursor, as text, and its parameters."""

    text: str = "true"
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeyOrder:
    """By the keys of a listing, then by `identity`, an expression of an id. Raises UsageError."""

    listing: str
    identity: str
    keys: tuple[Key, ...]

    def __post_init__(self) -> None:
        if len(self.keys) > MOST_KEYS or len({key.word for key in self.keys}) < len(self.keys):
            raise UsageError(f"an order has at most {MOST_KEYS} keys, each once")

    @property
    def name(self) -> str:
        """Of the order, for cursors."""
        words = (f"{key.word}{'-' if key.descending else ''}" for key in self.keys)
        return f"{self.listing}:" + ",".join(words)

    @property
    def names(self) -> str:
        """What a statement calls the keys, in their order."""
        return ", ".join(f"k{place}" for place in range(len(self.keys)))

    def cursor(self, sorted_by: list[Any], record_id: str) -> str:
        """The cursor behind the line with these keys."""
        return cursor(self.name, *sorted_by, record_id)

    def values(self, given: str) -> list[Any]:
        """The keys of a cursor and, last, the id; raises BadCursor."""
        values = key_after(given, self.name)
        if len(values) != len(self.keys) + 1 or not isinstance(values[-1], str):
            raise BadCursor
        for key, value in zip(self.keys, values, strict=False):
            if not isinstance(value, str if key.text else int | float) or isinstance(value, bool):
                raise BadCursor
        return values

    def behind(self, given: str | None) -> Behind:
        """What lies behind a cursor of this order; raises BadCursor."""
        if given is None:
            return Behind()
        values = self.values(given)
        params = {f"a{place}": value for place, value in enumerate(values)}
        text = f"{self.identity} > $a{len(self.keys)}"
        for place in reversed(range(len(self.keys))):
            sign = "<" if self.keys[place].descending else ">"
            text = f"(k{place} {sign} $a{place} OR k{place} = $a{place} AND {text})"
        return Behind(text, params)

    def rendered(self, template: Template, behind: Behind, **slots: str) -> Query:
        """The statement sorted so, after the cursor, with the parameters that keys and cursor bring."""
        named = [(f"k{place}", key) for place, key in enumerate(self.keys)]
        keys, _ = expand(", ".join(f"{key.expression} AS {name}" for name, key in named))
        query = template.render(
            keys=keys,
            after=behind.text,
            shown=f"[{self.names}]",
            order=", ".join(f"{name} DESC" if key.descending else name for name, key in named),
            **slots,
        )
        return query.taking(own_params(keys) | behind.params.keys())
