"""How the cells of a column are read into a field: formats, words of enumerations, lists of addresses."""

import re
from typing import Any

from ingest.mapping.fields import choices_of, type_of
from ingest.proposal.columns.profile import Column
from ingest.proposal.columns.values import words_of
from ingest.proposal.words.lexicon import lexicon
from ingest.reading.century_day import NO_DAY, are_century_days
from ingest.reading.choice import enumeration_of, read_choice, vocabulary
from ingest.reading.duration import HOUR, LONGEST_TALK, MOSTLY, ROUND, SECONDS
from ingest.reading.errors import NotUnderstood
from ingest.reading.header_scale import MONEY, factor_of

Rule = str | dict[str, Any]
MILLISECONDS = 13
"""Digits of a moment counted in milliseconds since 1970."""
NEGATED = frozenset({"disabled", "discontinued", "inactive", "gesperrt", "blocked", "停"})
MET = frozenset({"met", "made", "within", "eingehalten", "respecte", "cumplido"})
"""Words of a header that say the opposite of `active` and of `sla_breached`."""
MINUTES = frozenset({"min", "mins", "minute", "minutes", "minuten", "minutos", "minuti", "分", "分钟"})
"""Words of a header that count a duration in minutes."""
DAY = 1440
SERVED = {
    **dict.fromkeys(("good", "great", "satisfied", "very satisfied", "满意", "非常满意"), "1"),
    **dict.fromkeys(("okay", "neutral", "一般"), "0.5"),
    **dict.fromkeys(("bad", "not good", "dissatisfied", "very dissatisfied", "不满意", "非常不满意"), "0"),
}
"""How well served words say that somebody was, from 0 to 1."""


def rule_for(kind: str, name: str, column: Column) -> Rule | None:
    """The value of a field as a mapping writes it; None where the cells cannot be read as one."""
    if choices_of(kind, name) or (kind, name) == ("Lead", "outcome"):
        return _choice(kind, name, column)
    match type_of(kind, name):
        case "datetime":
            return _moment(column)
        case "number" | "integer":
            return _number(name, column)
        case "boolean":
            return _boolean(name, column)
    return _text(name, column)


def _text(name: str, column: Column) -> Rule | None:
    if name in ("email", "bounced_email"):
        return {"column": column.name, "clean": "email"}
    if name == "domains":
        return {"column": column.name, "clean": "domain"}
    if name == "currency" and not column.empty and column.share("currency") < 0.6:
        return None
    return column.name


def _choice(kind: str, name: str, column: Column) -> Rule | None:
    if name == "outcome" and column.is_mostly("boolean"):
        return {
            "column": column.name,
            "map": {"true": "won", "yes": "won", "1": "won", "是": "won"},
            "unmapped": "empty",
        }
    if name == "renewal" and column.is_mostly("boolean"):
        true, false = _sides(column)
        sides = dict.fromkeys(true or [], "automatic") | dict.fromkeys(false or [], "manual")
        return {"column": column.name, "map": sides, "unmapped": "empty"}
    enumeration = enumeration_of(kind, name)
    if enumeration not in vocabulary():
        return column.name
    known: dict[str, str] = {}
    for value in column.sample:
        try:
            known[value] = read_choice(value, enumeration)
        except NotUnderstood:
            continue
    if not known:
        return None
    return {"column": column.name, "map": known, "unmapped": "empty"}


def _moment(column: Column) -> Rule | None:
    if column.share("epoch") >= 0.8:
        form = "epoch-ms" if column.mean_length >= MILLISECONDS - 0.5 else "epoch"
        return {"column": column.name, "format": form}
    if are_century_days(column.sample):
        rule: dict[str, Any] = {"column": column.name, "format": "cyyddd"}
        empty = {"when": {"column": column.name, "not_equals": NO_DAY}} if NO_DAY in column.sample else {}
        return rule | empty
    return column.name if column.empty or column.share("date") >= 0.5 else None


def _duration(column: Column) -> Rule | None:
    """Minutes, by the header's word for a unit, units in the cells, or the numbers; None where none tells.

    People round minutes to fives; a talk of 480 minutes would be a day's.
    """
    said = set(lexicon().tokens(column.said))
    if said & SECONDS:
        return {"multiply": [column.name, f"{1 / 60:.12f}"]}
    numbers = [int(value) for value in column.sample if value.strip().isascii() and value.strip().isdigit()]
    if said & MINUTES or len(numbers) < len(column.sample) or not numbers:
        return column.name
    round_ones = sum(number % ROUND == 0 for number in numbers) / len(numbers)
    if max(numbers) <= HOUR or (round_ones >= MOSTLY and max(numbers) <= DAY):
        return column.name
    if max(numbers) > LONGEST_TALK and round_ones < MOSTLY:
        return {"multiply": [column.name, f"{1 / 60:.12f}"]}
    return None


def _number(name: str, column: Column) -> Rule | None:
    if name == "duration_minutes":
        return _duration(column)
    factor = factor_of(column.name) if name in MONEY else None
    if factor is not None and all(map(_is_bare, column.sample)):
        return {"multiply": [column.name, factor]}
    if column.empty or column.share("number") >= 0.95:
        return column.name
    if name == "satisfaction" and any(value.casefold() in SERVED for value in column.sample):
        return {"column": column.name, "map": SERVED, "unmapped": "empty"}
    return column.name if column.share("number") >= 0.6 else None


def _is_bare(cell: str) -> bool:
    """Whether a cell is a number without any word, which would say a scale of its own."""
    return re.fullmatch(r"[\d.,'’ ()+-]+", cell) is not None


def _boolean(name: str, column: Column) -> Rule | None:
    words = set(lexicon().tokens(column.said))
    opposite = bool(words & (NEGATED if name == "active" else MET))
    true, false = _sides(column)
    if true is None and false is None:
        return None
    rule: dict[str, Any] = {"column": column.name}
    if opposite:
        true, false = false, true
    if opposite or not column.is_mostly("boolean") or _own_words(true, false):
        rule |= {"true_values": true or [], "false_values": false or []}
    return rule if len(rule) > 1 else column.name


def _sides(column: Column) -> tuple[list[str] | None, list[str] | None]:
    """The values that mean yes and no; None and None where some mean neither."""
    true = [value for value in column.sample if value.casefold() in words_of("true")]
    false = [value for value in column.sample if value.casefold() in words_of("false")]
    return (true, false) if len(true) + len(false) == len(column.sample) else (None, None)


def _own_words(true: list[str] | None, false: list[str] | None) -> bool:
    plain = {"true", "yes", "y", "t", "1", "是", "false", "no", "n", "f", "0", "否"}
    return any(value.casefold() not in plain for value in [*(true or []), *(false or [])])
