"""What is wrong with a written value, as a sentence: the validation library's own words name its types."""

import difflib
import re
from collections.abc import Callable, Iterable
from typing import Any

import orjson
from pydantic_core import ErrorDetails

PATTERNS = {
    "^[a-z][a-z0-9_]*$": "is no short name: a small letter, then small letters, digits and `_`",
    r"^[1-9]\d*[mMgG][bB]?$": "is no size such as `1g` or `512m`",
    "^[1-9][0-9]*[smhd]$": "is no interval such as `90s`, `15m`, `6h` or `1d`",
    "^[A-Z]{3}$": "is no currency; write its ISO 4217 code, such as EUR",
    "^[A-Z]{1,3}[0-9]+:[A-Z]{1,3}[0-9]+$": "is no range of cells such as `A3:F20`",
}
"""What a text is not, by the pattern that its field states."""


def suggestion(name: str, known: Iterable[str]) -> str:
    """`; did you mean …?` with the nearest known name, else a list of what is known."""
    names = sorted(known)
    near = difflib.get_close_matches(name.lower(), [n.lower() for n in names], n=1, cutoff=0.6)
    if near:
        return f"; did you mean `{next(n for n in names if n.lower() == near[0])}`?"
    return f" (known: {', '.join(names)})" if names else ""


def sentence(error: ErrorDetails) -> str:
    """What is wrong, with the value; a rule of the mapping's own says it itself."""
    kind, shown, limits = error["type"], _shown(error["input"]), error.get("ctx", {})
    if kind == "value_error":
        return error["msg"].removeprefix("Value error, ")
    say = next((say for prefix, say in _SENTENCES.items() if kind.startswith(prefix)), None)
    return say(shown, limits) if say else f"{shown} cannot stand here"


def _choices(shown: str, limits: dict[str, Any]) -> str:
    allowed = re.findall(r"'([^']*)'", str(limits["expected"]))
    return f"{shown} is none of {', '.join(f'`{word}`' for word in allowed)}{_near(shown, allowed)}"


def _characters(count: int) -> str:
    return f"{count} character{'' if count == 1 else 's'}"


def _near(shown: str, allowed: list[str]) -> str:
    hint = suggestion(shown.strip("`"), allowed)
    return hint if "did you mean" in hint else ""


def _pattern(shown: str, limits: dict[str, Any]) -> str:
    return f"{shown} {PATTERNS.get(str(limits['pattern']), 'is not written as it must be')}"


_SENTENCES: dict[str, Callable[[str, dict[str, Any]], str]] = {
    "literal_error": _choices,
    "int_": lambda shown, _: f"{shown} is not a whole number",
    "float_": lambda shown, _: f"{shown} is not a number",
    "bool_": lambda shown, _: f"{shown} is neither true nor false",
    "string_pattern": _pattern,
    "string_too_long": lambda shown, limits: f"{shown} is longer than {_characters(limits['max_length'])}",
    "string_too_short": lambda shown, _: f"{shown} is empty",
    "string_": lambda shown, _: f"{shown} is not a text; put it in quotes",
    "datetime_": lambda shown, _: f"{shown} is no moment such as `2026-03-05T09:30:00+08:00`",
    "timezone_aware": lambda shown, _: f"{shown} does not say its offset from UTC, such as `+08:00` or `Z`",
    "decimal_max": lambda shown, _: f"{shown} has more digits than an amount has",
    "decimal_": lambda shown, _: f"{shown} is not a number",
    "finite_number": lambda shown, _: f"{shown} is not a number",
    "greater_than_equal": lambda shown, limits: f"{shown} is below {limits['ge']:g}",
    "greater_than": lambda shown, limits: f"{shown} is not above {limits['gt']:g}",
    "less_than_equal": lambda shown, limits: f"{shown} is above {limits['le']:g}",
    "too_short": lambda _, __: "is empty; it needs at least one entry",
    "list_": lambda shown, _: f"{shown} is not a list such as `[a, b]`",
    "tuple_": lambda shown, _: f"{shown} is not a list such as `[a, b]`",
    "dict_": lambda shown, _: f"{shown} is not a set of `name: value` entries",
    "model_": lambda shown, _: f"{shown} is not a set of `name: value` entries",
    "mapping_": lambda shown, _: f"{shown} is not a set of `name: value` entries",
}
"""By the beginning of an error's kind; the first that fits counts."""


def _shown(value: Any) -> str:
    """A value as it stands in the file, or nearly, cut where it is long."""
    text = value if isinstance(value, str) else orjson.dumps(value, default=str).decode()
    return f"`{text[:60]}…`" if len(text) > 60 else f"`{text}`"
