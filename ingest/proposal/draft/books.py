"""Books with a debit and a credit side: invoices and payments of customers in one table."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from ingest.proposal.proposed import Proposed
from ingest.proposal.records.sides import SOMETHING, Sides, of_bank, sides_of_book

CARRIED = (
    "(?i)期初|上年结转|承前页|过次页|本月合计|本年累计|saldovortrag|anfangs(bestand|saldo)|opening balance|"
    "brought forward|saldo (inicial|anterior)|report à nouveau"
)
"""What rows are called that only carry a balance on."""
CREDITED = "(?i)credit (note|memo)|gutschrift|avoir|nota de cr|红字|红冲|退货"
"""What rows on the credit side are called that take an invoice back and pay nothing."""

Dataset = dict[str, Any]
Condition = dict[str, Any]


def in_books(name: str, one: Proposed, dataset: Dataset) -> dict[str, Dataset]:
    """The datasets of a table by name. Where its amounts have sides, customers owe what stands in debit and
    paid what stands in credit; of payments one side is money paid back."""
    sides = sides_of_book(one.profile, one.record)
    nodes = dataset.get("nodes", ())
    if sides is None or not nodes or nodes[0]["label"] != one.record.label:
        return {name: dataset}
    if one.record.label == "Payment":
        return {name: _paid(one, dataset, sides)}
    kept = [_except(column, CARRIED) for column in _worded(one, CARRIED)]
    credited = _worded(one, CREDITED)
    paid = [_credit(sides), *kept, *(_except(column, CREDITED) for column in credited)]
    made = {
        name: _invoiced(one, dataset, sides.debit) | {"where": [_debit(sides), *kept]},
        f"{name}_payments": _received(one, dataset, sides) | {"where": paid},
    }
    for column in credited[:1]:
        where = [_credit(sides), {"column": column, "matches": CREDITED}]
        back = _invoiced(one, dataset, sides.credit)
        back["nodes"][0]["fields"]["kind"] = {"constant": "credit_note"}
        made[f"{name}_credits"] = back | {"where": where}
    return made


def _debit(sides: Sides) -> Condition:
    if sides.debit is not None:
        return {"column": sides.debit.name, "matches": SOMETHING}
    return _marked(sides, sides.debits)


def _credit(sides: Sides) -> Condition:
    if sides.credit is not None:
        return {"column": sides.credit.name, "matches": SOMETHING}
    return _marked(sides, sides.credits)


def _marked(sides: Sides, marks: tuple[str, ...]) -> Condition:
    return {"column": sides.mark.name if sides.mark is not None else "", "in": list(marks)}


def _except(column: str, words: str) -> Condition:
    return {"column": column, "not_matches": words}


def _worded(one: Proposed, words: str) -> list[str]:
    """The columns of which some cell says such a thing."""
    return [
        column.name for column in one.profile.columns
        if any(re.search(words, cell) for cell in _cells(one, column.name))
    ]  # fmt: skip


def _cells(one: Proposed, column: str) -> Iterator[str]:
    cells: pa.ChunkedArray = one.profile.data.column(column).unique()
    yield from (cell for cell in cells.to_pylist() if cell is not None)


def _paid(one: Proposed, dataset: Dataset, sides: Sides) -> Dataset:
    """Payments: the side of most rows is money received, of a bank's statement always the credit side."""
    debit, credit = (_rows(one, condition) for condition in (_debit(sides), _credit(sides)))
    bank = of_bank(one.profile)
    received, back = (
        (_debit(sides), _credit(sides)) if debit > credit and not bank else (_credit(sides), _debit(sides))
    )
    amount = _amount(one) if sides.mark is not None else received["column"]
    if amount is None:
        return dataset
    if bank:
        return _with_amount(dataset, amount) | {"where": [received]}
    signed = {"negative": [back]} if sides.mark is not None else {"minus": back["column"]}
    return _with_amount(dataset, {"column": amount, **signed})


def _rows(one: Proposed, condition: Condition) -> int:
    cells = one.profile.data.column(condition["column"]).to_pylist()
    if "in" in condition:
        return sum(cell in condition["in"] for cell in cells)
    return sum(cell is not None and re.search(condition["matches"], cell) is not None for cell in cells)


def _invoiced(one: Proposed, dataset: Dataset, side: Any) -> Dataset:
    return _with_amount(dataset, side.name if side is not None else _amount(one))


def _with_amount(dataset: Dataset, amount: Any) -> Dataset:
    first, *rest = dataset["nodes"]
    fields = {**first.get("fields", {}), **({"amount": amount} if amount is not None else {})}
    return {**dataset, "nodes": [{**first, "fields": fields}, *rest]}


def _received(one: Proposed, dataset: Dataset, sides: Sides) -> Dataset:
    """Payments on the credit side, each of the row's customer."""
    first, *rest = dataset["nodes"]
    told: Mapping[str, Any] = first["fields"]
    amount = sides.credit.name if sides.credit is not None else _positive(one, sides)
    fields = {"paid_at": told["issued_at"]} | ({"amount": amount} if amount is not None else {})
    fields |= {"currency": told["currency"]} if "currency" in told else {}
    key = _key(one, first["key"], sides)
    node = {"label": "Payment", "key": key, "repeats": "first", "fields": fields}
    links = [_from_payment(link, key) for link in dataset.get("links", ()) if link["type"] == "FOR"]
    return {**dataset, "nodes": [node, *rest], "links": links}


def _from_payment(link: dict[str, Any], key: Any) -> dict[str, Any]:
    """The link of an invoice to its customer as that of a payment."""
    return {**link, "from": {"label": "Payment", "key": key}} if "from" in link else link


def _positive(one: Proposed, sides: Sides) -> Any:
    """The amounts of marked rows, which are written with a sign in some books and without it in others."""
    amount = _amount(one)
    if amount is None or sides.mark is None:
        return amount
    rows = zip(
        *(one.profile.data.column(name).to_pylist() for name in (sides.mark.name, amount)), strict=True
    )
    signed = any(mark in sides.credits and re.search(r"^[-−(]|-$", cell or "") for mark, cell in rows)
    return {"column": amount, "negative": [_credit(sides)]} if signed else amount


def _key(one: Proposed, key: Any, sides: Sides) -> Any:
    """The number of a row; with its day and amount where several rows have it."""
    column = one.profile.by_name.get(key) if isinstance(key, str) else None
    if column is None or column.unique:
        return key
    day = next((d.column.name for d in one.columns if d.meaning.text == "Invoice issued_at"), "")
    amount = sides.credit.name if sides.credit is not None else _amount(one)
    parts = [part for part in (key, day, amount) if part]
    return {"template": "/".join(f"{{{part}}}" for part in parts)}


def _amount(one: Proposed) -> str | None:
    return next((d.column.name for d in one.columns if d.meaning.text == f"{one.record.label} amount"), None)
