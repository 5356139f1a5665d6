"""How two records are compared, column by column, as Splink's comparisons."""

from typing import Any

import splink.comparison_level_library as level
import splink.comparison_library as library

from ingest.resolve.prepare import TOKENS, Prepared
from ingest.resolve.profile import Meaning
from ingest.resolve.tokens import WEIGHTS

CLOSE, ALIKE = 0.92, 0.82
"""Jaro-Winkler similarity of a typing error, and of a name that is written otherwise."""


UNTOLD_DAY = "0101"
"""The day that is written where only the year is known."""
_HALF = "greatest(length({n}_l) // 2 - 1, 0)"
_THIRD = "greatest(length({n}_l) // 3 - 1, 0)"
ONE_EDIT = (
    f"(left({{n}}_l, {_HALF}) = left({{n}}_r, {_HALF}) or right({{n}}_l, {_HALF}) = right({{n}}_r, {_HALF}))"
    " and damerau_levenshtein({n}_l, {n}_r) <= 1"
)
"""Most pairs differ in both halves, which is told at once: one edit, also of two neighbours, spares one."""
TWO_EDITS = (
    f"(left({{n}}_l, {_THIRD}) = left({{n}}_r, {_THIRD})"
    f" or right({{n}}_l, {_THIRD}) = right({{n}}_r, {_THIRD})"
    " or contains({n}_r, substring({n}_l, length({n}_l) // 3 + 1, length({n}_l) - 2 * (length({n}_l) // 3))))"
    " and damerau_levenshtein({n}_l, {n}_r) <= 2"
)
"""Two edits spare the beginning, the end, or, one in each of these, the middle third."""


def comparisons(prepared: Prepared) -> list[Any]:
    """One comparison per column."""
    named: dict[Meaning, str] = {column.meaning: prepared.names[column.name] for column in prepared.columns}
    return [_comparison(prepared.names[column.name], column.meaning, named) for column in prepared.columns]


def _comparison(name: str, meaning: Meaning, named: dict[Meaning, str]) -> Any:
    exact = level.ExactMatchLevel(name)
    if meaning not in ("number", "year", "text"):
        exact = level.ExactMatchLevel(name, term_frequency_adjustments=True)
    levels = [level.NullLevel(name), exact, *_near(name, meaning, named), level.ElseLevel()]
    return library.CustomComparison(levels, output_column_name=name)


def _near(name: str, meaning: Meaning, named: dict[Meaning, str]) -> list[Any]:
    """The levels between equal and different."""
    if meaning in TOKENS:
        return [_custom(f"{_cosine(name)} >= {least}", f"tokens {least}") for least in (0.8, 0.6, 0.4)]
    if meaning in ("given_name", "surname"):
        return [*_swapped(named), *_name_levels(name)]
    if meaning in _LEVELS:
        return [_custom(sql.format(n=name), text) for text, sql in _LEVELS[meaning]]
    return [_custom(f"jaro_winkler_similarity({name}_l, {name}_r) >= {CLOSE}", "alike")]


def _name_levels(name: str) -> list[Any]:
    short = f"least(length({name}_l), length({name}_r))"
    return [
        _custom(f"jaro_winkler_similarity({name}_l, {name}_r) >= {CLOSE}", "typing error"),
        _custom(
            f"jaro_winkler_similarity({name}_l, {name}_r) >= {ALIKE}"
            f" or left({name}_l, {short}) = left({name}_r, {short})",
            "alike, or one begins the other",
        ),
    ]


def _swapped(named: dict[Meaning, str]) -> list[Any]:
    if not {"given_name", "surname"} <= set(named):
        return []
    given, surname = named["given_name"], named["surname"]
    return [_custom(f"{given}_l = {surname}_r and {surname}_l = {given}_r", "given name and surname swapped")]


_LEVELS: dict[Meaning, list[tuple[str, str]]] = {
    "date": [
        (
            "one digit or two neighbours, or day and month swapped",
            "damerau_levenshtein({n}_l, {n}_r) <= 1 or ({n}_l[1:4] = {n}_r[1:4]"
            " and {n}_l[5:6] = {n}_r[7:8] and {n}_l[7:8] = {n}_r[5:6])",
        ),
        (
            "the same month of a year, day of a year, or two digits",
            f"({{n}}_l[1:6] = {{n}}_r[1:6] or {{n}}_l[5:8] = {{n}}_r[5:8]"
            f" or damerau_levenshtein({{n}}_l, {{n}}_r) <= 2) and {{n}}_l[5:8] <> '{UNTOLD_DAY}'",
        ),
        ("the same year", "{n}_l[1:4] = {n}_r[1:4]"),
        ("at most two years apart", "abs({n}_l[1:4]::int - {n}_r[1:4]::int) <= 2"),
    ],
    "year": [("one year apart", "abs({n}_l - {n}_r) <= 1"), ("some years apart", "abs({n}_l - {n}_r) <= 5")],
    "number": [
        ("within 5%", "abs({n}_l - {n}_r) <= 0.05 * greatest(abs({n}_l), abs({n}_r))"),
        ("within 25%", "abs({n}_l - {n}_r) <= 0.25 * greatest(abs({n}_l), abs({n}_r))"),
    ],
    "phone": [("one digit or two neighbours", ONE_EDIT)],
    "code": [
        ("one character or two neighbours", ONE_EDIT),
        ("two characters", f"least(length({{n}}_l), length({{n}}_r)) > 5 and {TWO_EDITS}"),
    ],
    "postcode": [
        ("one character or two neighbours", "damerau_levenshtein({n}_l, {n}_r) <= 1"),
        ("the same area", "left({n}_l, 3) = left({n}_r, 3)"),
    ],
    "house_number": [("one character", "damerau_levenshtein({n}_l, {n}_r) <= 1")],
    "email": [
        ("the same before the @", "split_part({n}_l, '@', 1) = split_part({n}_r, '@', 1)"),
        (  # two people of one name have addresses alike, told apart by a number
            "alike",
            "jaro_winkler_similarity({n}_l, {n}_r) >= 0.93 and regexp_replace({n}_l, '[^0-9]', '', 'g')"
            " = regexp_replace({n}_r, '[^0-9]', '', 'g')",
        ),
    ],
    "category": [],
}  # fmt: skip


def _cosine(name: str) -> str:
    shared = f"list_sum(list_transform(list_intersect({name}_t_l, {name}_t_r), lambda t: t % {WEIGHTS}))"
    return f"coalesce({shared}, 0) / ({name}_n_l * {name}_n_r)"


def _custom(sql: str, text: str) -> Any:
    return level.CustomLevel(sql, label_for_charts=text)
