"""Which figures of a line are quantity, price, amount and totals, whatever the headers say."""

import csv
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.proposal.draft.write import LOW
from ingest.proposal.propose import propose

PRICES = {"A-1": 12.5, "A-2": 3.85, "A-3": 99.9, "A-4": 7.25, "A-5": 44.1}


def order_lines(seed: int = 5) -> list[tuple[str, str, str, int, float, float, float]]:
    """Order, day, product, quantity, price, discount in percent and amount of 60 orders' lines."""
    dice = random.Random(seed)
    lines = []
    for order in range(60):
        for goods in dice.sample(sorted(PRICES), dice.randint(1, 3)):
            quantity, price, off = dice.randint(2, 30), PRICES[goods], float(dice.choice([0, 5, 10]))
            amount = round(quantity * price * (1 - off / 100), 2)
            lines.append((f"SO{1000 + order}", f"2024-{1 + order % 9:02}-{1 + order % 28:02}", goods,
                          quantity, price, off, amount))  # fmt: skip
    return lines


def meanings(folder: Path, headers: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """The meaning of every column of one file of order lines, in their order."""
    with (folder / "order_lines.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([headers, *rows])
    (table,) = propose([folder]).tables
    return [one.meaning.text for one in table.columns]


@pytest.mark.parametrize(
    "headers", [("qwert", "zuiop", "asdfg"), ("Zahl", "Wert", "Total"), ("x1", "x2", "x3")]
)
def test_a_product_tells_the_three_figures_apart_under_words_of_no_use(
    tmp_path: Path, headers: tuple[str, str, str]
) -> None:
    rows = [(o, d, g, q, p, round(q * p, 2)) for o, d, g, q, p, *_ in order_lines()]
    found = meanings(tmp_path, ["order_no", "order_date", "item_code", *headers], rows)
    assert found[3:] == ["CONTAINS quantity", "Product list_price", "CONTAINS amount"]


def test_their_order_does_not_tell(tmp_path: Path) -> None:
    rows = [(o, d, g, round(q * p, 2), p, q) for o, d, g, q, p, *_ in order_lines()]
    found = meanings(tmp_path, ["order_no", "order_date", "item_code", "f1", "f2", "f3"], rows)
    assert found[3:] == ["CONTAINS amount", "Product list_price", "CONTAINS quantity"]


def test_a_discount_between_them_is_seen_through(tmp_path: Path) -> None:
    rows = [(o, d, g, q, p, off, a) for o, d, g, q, p, off, a in order_lines()]
    found = meanings(tmp_path, ["order_no", "order_date", "item_code", "f1", "f2", "f3", "f4"], rows)
    assert (found[3], found[4], found[6]) == ("CONTAINS quantity", "Product list_price", "CONTAINS amount")


def test_a_records_totals_on_each_line_are_the_records(tmp_path: Path) -> None:
    lines = [(o, d, g, q, p, round(q * p, 2)) for o, d, g, q, p, *_ in order_lines()]
    sums: dict[str, float] = {}
    for order, *_, amount in lines:
        sums[order] = sums.get(order, 0.0) + amount
    rows = [(*line, f"{sums[line[0]]:.2f}", f"{sums[line[0]] * 1.2:.2f}") for line in lines]
    head = ["order_no", "order_date", "item_code", "pieces", "price", "value", "value all", "value all in"]
    found = meanings(tmp_path, head, rows)
    assert found[5:] == ["CONTAINS amount", "Order amount", "Order amount_with_tax"]


def test_costs_that_multiply_too_are_not_the_price(tmp_path: Path) -> None:
    rows = [
        (o, d, g, q, round(p * 0.6, 3), round(q * p * 0.6, 2), p, round(q * p, 2))
        for o, d, g, q, p, *_ in order_lines()
    ]
    head = ["order_no", "order_date", "item_code", "qty", "unit cost", "cost", "unit price", "line total"]
    found = meanings(tmp_path, head, rows)
    assert (found[3], found[6], found[7]) == ("CONTAINS quantity", "Product list_price", "CONTAINS amount")
    assert all(one.endswith("attribute") for one in found[4:6])


def test_figures_that_do_not_multiply_are_left_to_their_headers(tmp_path: Path) -> None:
    rows = [
        (o, d, g, q, p, round(q * p + 17 * n % 23, 2)) for n, (o, d, g, q, p, *_) in enumerate(order_lines())
    ]
    found = meanings(tmp_path, ["order_no", "order_date", "item_code", "qty", "price", "amount"], rows)
    assert found[3:] == ["CONTAINS quantity", "Product list_price", "CONTAINS amount"]


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        (["箱数", "装箱数", "数量", "单价", "金额"], {"数量": "quantity", "金额": "amount"}),
        (["Qty", "Unit kg", "kg", "Value"], {"Qty": "quantity", "Value": "amount"}),
        (["Qty", "Std", "Std Total", "Net"], {"Qty": "quantity", "Net": "amount"}),
        (["Length", "Width", "Sqm", "Amount"], {"Amount": "amount"}),
        (["Menge", "EK", "EK gesamt", "Nettobetrag"], {"Menge": "quantity", "Nettobetrag": "amount"}),
    ],
)
def test_a_product_of_other_columns_displaces_no_header_that_says_what_it_is(
    tmp_path: Path, headers: list[str], said: dict[str, str]
) -> None:
    dice = random.Random(8)
    rows = []
    for order, day, goods, count, price, *_ in order_lines():
        each = dice.randint(2, 24)
        paid = round(count * price * dice.uniform(1.3, 1.9), 2)  # a discount that nothing tells
        figures = (
            [count, each, count * each, price, paid]
            if len(headers) == 5
            else [count, each, count * each, paid]
        )
        rows.append((order, day, goods, *figures))
    found = meanings(tmp_path, ["order_no", "order_date", "item_code", *headers], rows)
    by_header = dict(zip(headers, found[3:], strict=True))
    assert {name: by_header[name] for name in said} == {
        name: f"CONTAINS {role}" for name, role in said.items()
    }
    others = [one for name, one in by_header.items() if name not in (*said, "单价")]
    assert not {"CONTAINS quantity", "CONTAINS amount", "Product list_price"} & {*others}, found


def test_a_product_that_no_header_calls_one_of_money_is_marked_as_uncertain(tmp_path: Path) -> None:
    rows = [(o, d, g, q, p, round(q * p, 2)) for o, d, g, q, p, *_ in order_lines()]
    head = ["order_no", "order_date", "item_code"]
    with (tmp_path / "order_lines.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([[*head, "f1", "f2", "f3"], *rows])
    (table,) = propose([tmp_path]).tables
    assert all(one.confidence < LOW for one in table.columns[3:])


def test_a_price_is_first_a_price_where_a_word_of_no_use_heads_the_amount(tmp_path: Path) -> None:
    rows = [(o, d, g, q, p, round(q * p, 2)) for o, d, g, q, p, *_ in order_lines()]
    found = meanings(tmp_path, ["order_no", "order_date", "item_code", "Qty", "Price", "Extended"], rows)
    assert found[3:] == ["CONTAINS quantity", "Product list_price", "CONTAINS amount"]
