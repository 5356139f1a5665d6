"""Text that SQL reads exactly: plain numbers, yes and no, lists; null where another reader has to look."""

import re
from collections.abc import Sequence

from graph import sql
from graph.sql import Sql, fill
from ingest.mapping.value import Value
from ingest.reading.yes_no import NO, YES

_PLAIN = r"^[+-]?\d{1,15}(\.\d{1,15})?$"
_AMBIGUOUS = r"^[+-]?[1-9]\d{0,2}\.\d{3}$"
_WHOLE = r"^[+-]?\d{1,18}$"


def number(text: Sql, value: Value) -> Sql:
    """A DOUBLE from digits with a decimal point, where the point cannot separate thousands."""
    point = value.decimal in (None, ".") and value.thousands != "."
    like = _PLAIN if point else _WHOLE
    unclear = fill("AND NOT regexp_matches({t}, {a})", t=text, a=sql.bind(_AMBIGUOUS))
    return fill(
        "CASE WHEN regexp_matches({t}, {like}) {unclear} THEN try_cast({t} AS DOUBLE) END",
        t=text, like=sql.bind(like), unclear=unclear if point and value.decimal is None else Sql(""),
    )  # fmt: skip


def integer(text: Sql, _value: Value) -> Sql:
    """A BIGINT from digits alone."""
    return fill("CASE WHEN regexp_matches({t}, {like}) THEN try_cast({t} AS BIGINT) END",
                t=text, like=sql.bind(_WHOLE))  # fmt: skip


def boolean(text: Sql, value: Value) -> Sql:
    """A BOOLEAN, by the mapping's own words first."""
    yes = [item.lower() for item in value.true_values]
    no = [item.lower() for item in value.false_values]
    return fill(
        "CASE WHEN lower({t}) IN ({yes}) THEN true WHEN lower({t}) IN ({no}) THEN false END",
        t=text,
        yes=sql.bind_all([*yes, *(item for item in YES if item not in no)]),
        no=sql.bind_all([*no, *(item for item in NO if item not in yes)]),
    )


def items(text: Sql, separators: Sequence[str] | None) -> Sql:
    """Trimmed, distinct texts in their order; split at commas, semicolons or bars unless declared."""
    pattern = "|".join(map(re.escape, separators)) if separators else r"[,;|、；，]"
    split = fill("string_split_regex({t}, {p})", t=text, p=sql.bind(pattern))
    trimmed = fill("list_transform({l}, lambda x: trim(x))", l=split)
    filled = fill("list_filter({l}, lambda x: x <> '')", l=trimmed)
    return fill("list_filter({l}, lambda y, i: list_position({l}, y) = i)", l=filled)


def choice(text: Sql, choices: Sequence[str]) -> Sql:
    """One of a few words, however cased and with blanks or dashes for underscores."""
    plain = fill("regexp_replace(lower({t}), '[\\s-]+', '_', 'g')", t=text)
    return fill("CASE WHEN {p} IN ({all}) THEN {p} END", p=plain, all=sql.bind_all(choices))
