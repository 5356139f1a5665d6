"""From plain values (of YAML, JSON or GraphQL) to a condition; each fault is a sentence with its place."""

import math
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from graph.customer_filter.condition import (
    OPERATORS,
    All,
    AnyOf,
    Comparison,
    Condition,
    Kind,
    Not,
    Operator,
    Value,
)
from graph.customer_filter.field import FIELDS, OPERATORS_OF, Field
from graph.customer_filter.items import read_items
from graph.errors import UsageError
from graph.moment import in_utc
from graph.sentences import suggestion

Path = tuple[str | int, ...]
Place = Callable[[Path], str]
"""Says where in what was written a value stands, such as `line 4, column 7`."""
MOST_TESTS, MOST_VALUES, DEEPEST, LONGEST = 100, 1000, 10, 500
_JOINING = ("all", "any", "not")
_ATTRIBUTE = "attribute."
_NUMERIC: frozenset[Kind] = frozenset({"number", "count", "money", "days_since", "days_until"})


class FilterRefused(UsageError):
    """The condition cannot be understood; the message has a sentence per fault, each with its place."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


def by_path(path: Path) -> str:
    """The place as a path, such as `all[1].silent_days`."""
    told = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return told.lstrip(".") or "the condition"


def read(given: object, place: Place = by_path, at: Path = ()) -> Condition:
    """The condition that was written. Raises FilterRefused with all that is wrong with it."""
    reader = _Reader(place)
    found = reader.condition(given, at, 1)
    if reader.tests > MOST_TESTS:
        reader.fault(at, f"there are {reader.tests} tests; a condition has at most {MOST_TESTS}")
    if reader.faults:
        raise FilterRefused(reader.faults)
    return found


class _Reader:
    """Reads a condition part by part; a part with a fault is left out, and the fault kept."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.faults: list[str] = []
        self.tests = 0

    def fault(self, at: Path, says: str) -> None:
        """Keep what is wrong."""
        self.faults.append(f"{self.place(at)}: {says}")

    def condition(self, given: object, at: Path, depth: int) -> Condition:
        """All entries of a mapping hold."""
        if depth > DEEPEST:
            self.fault(at, f"conditions stand in one another at most {DEEPEST} deep")
        elif not isinstance(given, Mapping) or not given:
            self.fault(at, f"a condition is written as `field: value` or `all: [...]`, not {_shown(given)}")
        else:
            parts = tuple(
                part for name, value in given.items() for part in self._entry(name, value, at, depth)
            )
            return parts[0] if len(parts) == 1 else All(parts)
        return All(())

    def _entry(self, name: object, value: object, at: Path, depth: int) -> Iterator[Condition]:
        here = (*at, str(name))
        if name == "not":
            yield Not(self.condition(value, here, depth + 1))
        elif name in _JOINING:
            yield from self._joined(str(name), value, here, depth)
        elif name == "items":
            yield from read_items(self, value, here)
        else:
            yield from self._of_field(str(name), value, here)

    def _joined(self, name: str, value: object, at: Path, depth: int) -> Iterator[Condition]:
        if not isinstance(value, list) or not value:
            self.fault(at, f"`{name}` takes a list of conditions, not {_shown(value)}")
            return
        parts = tuple(self.condition(one, (*at, place), depth + 1) for place, one in enumerate(value))
        yield All(parts) if name == "all" else AnyOf(parts)

    def _of_field(self, name: str, value: object, at: Path) -> Iterator[Comparison]:
        attribute = name.removeprefix(_ATTRIBUTE) if name.startswith(_ATTRIBUTE) else None
        field = FIELDS.get("attribute" if attribute else name)
        if field is None or (field.kind == "attribute" and not attribute):
            known = [*(one for one in FIELDS if one != "attribute"), "attribute.NAME", "items", *_JOINING]
            self.fault(at, f"there is no field `{name[:60]}`{suggestion(name, known)}")
            return
        wanted = dict(value) if isinstance(value, Mapping) else {"is": value}
        of = attribute if field.kind == "attribute" else self._currency(field, wanted, at)
        yield from self._compared(field, of, wanted, value, at)

    def tested(self, field: Field, of: str | None, value: object, at: Path) -> Iterator[Comparison]:
        """The tests that are written of one field."""
        yield from self._compared(
            field, of, dict(value) if isinstance(value, Mapping) else {"is": value}, value, at
        )

    def _compared(
        self, field: Field, of: str | None, wanted: Mapping[Any, Any], value: object, at: Path
    ) -> Iterator[Comparison]:
        if not wanted:
            self.fault(at, f"say what `{at[-1]}` is compared with: {_choices(field)}")
        for operator, operand in wanted.items():
            yield from self._test(
                field, of, operator, operand, (*at, str(operator)) if value is not operand else at
            )

    def _currency(self, field: Field, wanted: dict[Any, Any], at: Path) -> str | None:
        if field.kind != "money":
            return None
        currency = wanted.pop("currency", None)
        if not isinstance(currency, str) or len(currency) != 3 or not currency.isupper():
            self.fault(at, f"`{field.name}` needs its `currency`, such as EUR; those of two are not compared")
            return None
        return currency

    def _test(
        self, field: Field, of: str | None, operator: object, operand: object, at: Path
    ) -> Iterator[Comparison]:
        if operator == "between" and "at_least" in OPERATORS_OF[field.kind]:
            yield from self._between(field, of, operand, at)
        elif operator not in OPERATORS_OF[field.kind]:
            known = [one for one in (*OPERATORS, "between") if one == operator]
            why = "does not fit it" if known else "is none"
            self.fault(at, f"`{operator}` {why}: `{field.name}` ({field.title}) takes {_choices(field)}")
        else:
            chosen = next(one for one in OPERATORS if one == operator)
            values = tuple(self._values(field, chosen, operand, at))
            self.tests += 1
            if values:
                yield Comparison(field.name, chosen, values, of)

    def _between(self, field: Field, of: str | None, operand: object, at: Path) -> Iterator[Comparison]:
        if not isinstance(operand, list) or len(operand) != 2:
            self.fault(at, f"`between` takes two numbers, such as [10, 20], not {_shown(operand)}")
            return
        for place, operator in enumerate(("at_least", "at_most")):
            yield from self._test(field, of, operator, operand[place], (*at, place))

    def _values(self, field: Field, operator: Operator, operand: object, at: Path) -> Iterator[Value]:
        several = operator in {"is", "is_not", "has_all"}
        given = operand if isinstance(operand, list) and several else [operand]
        if not given or len(given) > MOST_VALUES:
            self.fault(at, f"a list has 1 to {MOST_VALUES} values, not {len(given)}")
            return
        for place, one in enumerate(given):
            here = (*at, place) if given is operand else at
            try:
                yield _value(field, operator, one)
            except ValueError as error:
                self.fault(here, f"{_shown(one)} {error}: `{field.name}` is the {field.title}")


def _value(field: Field, operator: Operator, given: object) -> Value:
    """The value as its field and operator take it; raises ValueError with the end of a sentence."""
    if operator == "known":
        return _flag(given)
    if operator in {"before", "since"}:
        return _day(given)
    if field.kind in _NUMERIC or operator in {"above", "at_least", "below", "at_most"}:
        return _number(given)
    if field.kind in {"attribute", "own"} and isinstance(given, bool | int | float):
        return given if isinstance(given, bool) else _number(given)
    return _text(given)


def _flag(given: object) -> bool:
    if not isinstance(given, bool):
        raise ValueError("is neither true nor false")
    return given


def _number(given: object) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not math.isfinite(given):
        raise ValueError("is not a number")
    return float(given)


def _text(given: object) -> str:
    if not isinstance(given, str):
        raise ValueError("is not a text; put it in quotes")
    if not given.strip() or len(given) > LONGEST:
        raise ValueError(f"has not 1 to {LONGEST} characters")
    return given


def _day(given: object) -> datetime:
    if isinstance(given, str):
        try:
            given = datetime.fromisoformat(given)
        except ValueError:
            given = None
    if isinstance(given, datetime):
        return in_utc(given)
    if isinstance(given, date):
        return in_utc(datetime(given.year, given.month, given.day))  # noqa: DTZ001 - in_utc makes it UTC
    raise ValueError("is no day such as 2025-12-31")


def _choices(field: Field) -> str:
    operators = OPERATORS_OF[field.kind]
    between = ("between",) if "at_least" in operators else ()
    return ", ".join(f"`{one}`" for one in (*operators, *between))


def _shown(value: object) -> str:
    text = "nothing" if value is None else str(value)
    return f"`{text[:60]}…`" if len(text) > 60 else f"`{text}`"
