"""The values that fill gaps."""

from collections.abc import Iterator
from dataclasses import dataclass

from graph.gap.judge import precisions, proposed
from graph.gap.known import Known
from graph.gap.readings import readings


@dataclass(frozen=True, slots=True)
class Filled:
    """An inferred value of a field that nobody states."""

    customer_id: str
    field: str
    value: str
    confidence: float
    """How often the same rules are right where the field is stated."""
    sources: tuple[str, ...]
    """The rules that agree on it."""


def filled(known: Known, field: str) -> Iterator[Filled]:
    """Every gap of this field that rules of enough precision fill, by customer."""
    read = readings(known, field)
    judged = precisions(known, field, read)
    for customer_id, said in sorted(read.items()):
        if getattr(known.customers[customer_id], field) is not None:
            continue
        sure = [
            (judged[agreement].value, value, agreement[0])
            for value, agreement in proposed(said)
            if agreement in judged and judged[agreement].enough
        ]
        if sure:
            precision, value, rules = max(sure, key=lambda one: (one[0], one[1]))
            yield Filled(customer_id, field, value, round(precision, 4), tuple(sorted(rules)))
