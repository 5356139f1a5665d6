"""Amounts whose sign another column gives."""

import pytest

from ingest.errors import MappingInvalid
from tests.ingest.conftest import Workshop

MAPPING = """
source: bank
currency: EUR
datasets:
  paid:
    file: paid.csv
    nodes: [{label: Payment, key: id, fields: {paid_at: day, amount: AMOUNT}}]
"""


def _amounts(workshop: Workshop, amount: str) -> dict[str, float | None]:
    workshop.load(MAPPING.replace("AMOUNT", amount))
    found = workshop.ask("MATCH (p:Payment) RETURN p.payment_id AS id, p.amount AS amount")
    return {row["id"].removeprefix("bank:"): row["amount"] for row in found}


def test_the_other_side_counts_against_the_first(workshop: Workshop) -> None:
    """A side without an amount may be empty or nothing; a reversal has its sign, wherever it stands."""
    workshop.put(
        paid_csv="id;day;in;out\n1;2025-01-01;1.234,50;\n2;2025-01-01;0,00;20,00\n3;2025-01-01;;-5,00\n"
        "4;2025-01-01;7,00-;0,00\n5;2025-01-01;;(3,00)\n6;2025-01-01;0,00;0,00\n7;2025-01-01;;\n"
        "8;2025-01-01;1,00;2,00\n9;2025-01-01;;4,00-\n"
    )
    found = _amounts(workshop, "{column: in, minus: out}")
    assert found == {
        "1": 1234.5, "2": -20.0, "3": 5.0, "4": -7.0, "5": 3.0, "6": 0.0, "7": None, "9": 4.0,
    }  # fmt: skip


def test_a_mark_turns_the_amount(workshop: Workshop) -> None:
    workshop.put(paid_csv="id,day,amount,side\n1,2025-01-01,5.5,H\n2,2025-01-01,6.5,s\n3,2025-01-01,-1.5,S\n")
    found = _amounts(workshop, "{column: amount, negative: {column: side, equals: S}}")
    assert found == {"1": 5.5, "2": -6.5, "3": 1.5}


def test_a_sign_needs_an_amount(workshop: Workshop) -> None:
    with pytest.raises(MappingInvalid, match="need a `column:`"):
        workshop.load(MAPPING.replace("AMOUNT", "{constant: '1', minus: out}"))
