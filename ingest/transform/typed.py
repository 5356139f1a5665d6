"""Text read as a number, yes or no, a list or one of a few words; null where it is none."""

import re
from collections.abc import Sequence

from ingest import sql
from ingest.mapping.value import Value
from ingest.sql import Sql, fill

TRUE = ("true", "t", "yes", "y", "1", "是", "有", "真")
FALSE = ("false", "f", "no", "n", "0", "否", "无", "假")

_PLAIN = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
_GROUPED = r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$"


def number(text: Sql, value: Value) -> Sql:
    """A finite DOUBLE. Currency signs and blanks are dropped; brackets mean negative, as in accounting."""
    bare = fill("regexp_replace({t}, '[\\s\u00a0\u202f$€£¥￥]', '', 'g')", t=text)
    signed = fill("regexp_replace({b}, '^\\((.*)\\)$', '-\\1')", b=bare)
    plain = _point(signed, value)
    return fill(
        "CASE WHEN regexp_matches({p}, {like}) THEN try_cast({p} AS DOUBLE) END",
        p=plain,
        like=sql.bind(_PLAIN),
    )


def integer(text: Sql, value: Value) -> Sql:
    """A BIGINT; `12.0` is 12, `12.5` is none."""
    read = number(text, value)
    return fill("CASE WHEN {n} = floor({n}) THEN try_cast({n} AS BIGINT) END", n=read)


def boolean(text: Sql, value: Value) -> Sql:
    """A BOOLEAN, by the mapping's own words first."""
    yes = [item.lower() for item in value.true_values]
    no = [item.lower() for item in value.false_values]
    return fill(
        "CASE WHEN lower({t}) IN ({yes}) THEN true WHEN lower({t}) IN ({no}) THEN false END",
        t=text,
        yes=sql.bind_all([*yes, *(item for item in TRUE if item not in no)]),
        no=sql.bind_all([*no, *(item for item in FALSE if item not in yes)]),
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


def _point(text: Sql, value: Value) -> Sql:
    """Digits with a decimal point and nothing between thousands."""
    if value.decimal is None and value.thousands is None:
        grouped = sql.bind(_GROUPED)
        return fill(
            "CASE WHEN regexp_matches({t}, {g}) THEN replace({t}, ',', '') ELSE {t} END", t=text, g=grouped
        )
    decimal = value.decimal or "."
    thousands = value.thousands or ("," if decimal == "." else ".")
    bare = fill("replace({t}, {mark}, '')", t=text, mark=sql.bind(thousands))
    return bare if decimal == "." else fill("replace({t}, ',', '.')", t=bare)
