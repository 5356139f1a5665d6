"""Sums of money: one for every currency, never across currencies."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.profile.model import Money

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Total:
    """The one sum of several amounts; `amount` is None where there is no single currency."""

    amount: float | None
    currency: str | None


def sums(rows: Iterable[Row]) -> tuple[Money, ...]:
    """The sum for each currency of rows with `currency`, `amount` and `priced` (how many have an amount).

    The currency that most of them have comes first.
    """
    amounts: dict[str | None, float] = {}
    priced: dict[str | None, int] = {}
    for row in rows:
        if row["priced"]:
            amounts[row["currency"]] = amounts.get(row["currency"], 0.0) + row["amount"]
            priced[row["currency"]] = priced.get(row["currency"], 0) + row["priced"]
    order = sorted(amounts, key=lambda currency: (-priced[currency], currency or "~"))
    return tuple(Money(currency, amounts[currency]) for currency in order)


def single(amounts: Sequence[Money]) -> Total:
    """The only amount, zero where there is none, and no amount where there are several."""
    if not amounts:
        return Total(0.0, None)
    return Total(amounts[0].amount, amounts[0].currency) if len(amounts) == 1 else Total(None, None)
