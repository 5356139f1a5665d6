"""How often rules are right, counted where the value is stated; what is wrong too often fills nothing."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.gap.known import Known
from graph.gap.readings import Readings

LEAST_PRECISION, LEAST_CASES = 0.9, 20
"""Precision below which rules fill nothing, and stated cases that must show it; asked for by the purpose."""
Agreement = tuple[frozenset[str], bool]
"""The rules that give a value, and whether another rule gives a different one."""


@dataclass(frozen=True, slots=True)
class Precision:
    """How often rules that agree so are right."""

    right: int
    cases: int

    @property
    def value(self) -> float:
        """Shrunk by Laplace's rule of succession."""
        return (self.right + 1) / (self.cases + 2)

    @property
    def enough(self) -> bool:
        """Whether the rules fill gaps."""
        return self.cases >= LEAST_CASES and self.value >= LEAST_PRECISION


def proposed(said: Readings) -> Iterator[tuple[str, Agreement]]:
    """Each value that a rule gives, and which rules agree on it."""
    values = sorted(set(said.values()))
    for value in values:
        yield value, (frozenset(rule for rule, given in said.items() if given == value), len(values) > 1)


def precisions(known: Known, field: str, read: Mapping[str, Readings]) -> Mapping[Agreement, Precision]:
    """By agreement of rules, how often they are right of the customers that state the field.

    read: what the rules say of it, by customer (`readings`).
    """
    right, cases = Counter[Agreement](), Counter[Agreement]()
    for customer_id, said in read.items():
        stated = getattr(known.customers[customer_id], field)
        for value, agreement in proposed(said) if stated is not None else ():
            cases[agreement] += 1
            right[agreement] += stated == value
    return {agreement: Precision(right[agreement], count) for agreement, count in cases.items()}
