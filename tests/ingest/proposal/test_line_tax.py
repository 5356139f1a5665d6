"""Lines as net, tax and gross: the amount is without tax, and no amount with tax is a price."""

import random
from pathlib import Path

import pytest

from ingest.proposal.draft.draft import mapping_of
from ingest.proposal.propose import propose
from tests.ingest.proposal.folder import meanings, write
from tests.ingest.proposal.test_line_sums import PRICES

HEAD = ["Order No", "Order Date", "Item"]
KNOWN = {
    "q": "CONTAINS quantity", "p": "Product list_price", "n": "CONTAINS amount",
    "t": "Order attribute", "g": "Order amount_with_tax",
}  # fmt: skip
"""What quantity, price without tax, amount, tax, and amount with tax mean."""


def lines(rates: tuple[float, ...] = (0.13,)) -> list[dict[str, object]]:
    """Lines of 60 orders; each product has one rate."""
    dice = random.Random(5)
    rate = {goods: rates[place % len(rates)] for place, goods in enumerate(sorted(PRICES))}
    rows = []
    for order in range(60):
        for goods in dice.sample(sorted(PRICES), dice.randint(1, 3)):
            count, price = dice.randint(2, 30), PRICES[goods]
            net = round(count * price, 2)
            tax = round(net * rate[goods], 2)
            with_tax = round(price * (1 + rate[goods]), 4)
            rows.append(
                {
                    "o": f"SO{1000 + order}", "d": f"2024-{1 + order % 9:02}-{1 + order % 28:02}", "i": goods,
                    "q": count, "p": price, "P": with_tax, "n": net, "t": tax, "g": round(net + tax, 2),
                }
            )  # fmt: skip
    return rows


def found(folder: Path, headers: dict[str, str], rates: tuple[float, ...] = (0.13,)) -> dict[str, str]:
    """What the columns of these headers mean, by their letters."""
    rows = [[row[letter] for letter in ("o", "d", "i", *headers)] for row in lines(rates)]
    write(folder, "order_lines.csv", [[*HEAD, *headers.values()], *rows])
    told = meanings(folder, "order_lines.csv")
    return {letter: told[header] for letter, header in headers.items()}


@pytest.mark.parametrize(
    "headers",
    [
        {"q": "Qty", "p": "Unit Price", "n": "Amount", "t": "VAT", "g": "Amount incl. VAT"},
        {"q": "数量", "p": "单价", "n": "金额", "t": "税额", "g": "价税合计"},
        {"g": "含税金额", "t": "税额", "n": "无税金额", "p": "无税单价", "q": "数量"},
        {"q": "Menge", "p": "Einzelpreis netto", "t": "MwSt", "g": "Bruttobetrag"},
        {"q": "Qty", "p": "Unit Price", "g": "Amount incl. VAT"},
        {"q": "数量", "n": "金額（税抜）", "g": "金額（税込）"},
        {"n": "Montant HT", "t": "TVA", "g": "Montant TTC"},
    ],
    ids="".join,
)
def test_net_tax_and_gross(tmp_path: Path, headers: dict[str, str]) -> None:
    assert found(tmp_path, headers) == {letter: KNOWN[letter] for letter in headers}


@pytest.mark.parametrize("rates", [(0.07, 0.19), (0.0, 0.13)], ids=["two rates", "some exempt"])
def test_several_rates(tmp_path: Path, rates: tuple[float, ...]) -> None:
    headers = {"q": "Qty", "n": "Net amount", "g": "Gross amount"}
    assert found(tmp_path, headers, rates) == {letter: KNOWN[letter] for letter in headers}


def test_a_price_with_tax_beside_both_amounts_takes_no_amount(tmp_path: Path) -> None:
    headers = {"q": "Qty", "P": "Unit Price incl. VAT", "n": "Amount", "g": "Amount incl. VAT"}
    told = found(tmp_path, headers)
    assert (told["q"], told["n"], told["g"]) == (KNOWN["q"], KNOWN["n"], KNOWN["g"])
    assert told["P"] == "Product list_price"  # the only price there is


def test_of_two_prices_the_one_without_tax_is_the_price(tmp_path: Path) -> None:
    headers = {"q": "数量", "P": "含税单价", "p": "无税单价", "n": "无税金额", "g": "价税合计"}
    told = found(tmp_path, headers)
    assert (told["p"], told["P"]) == ("Product list_price", "Order attribute")


def test_a_line_without_a_net_amount_is_quantity_times_price(tmp_path: Path) -> None:
    found(tmp_path, {"q": "Qty", "p": "Unit Price", "g": "Amount incl. VAT"})
    (dataset,) = mapping_of(propose([tmp_path]))["datasets"].values()
    (line,) = [one["fields"] for one in dataset["links"] if one["type"] == "CONTAINS"]
    (order,) = [one["fields"] for one in dataset["nodes"] if one["label"] == "Order"]
    assert line["amount"] == {"multiply": ["Qty", "Unit Price"]}
    assert order["amount_with_tax"] == {"column": "Amount incl. VAT", "pick": "sum"}


def test_a_discount_is_no_tax(tmp_path: Path) -> None:
    rows = [[row["o"], row["d"], row["i"], row["q"], row["g"], row["t"], row["n"]] for row in lines()]
    write(tmp_path, "order_lines.csv", [[*HEAD, "Qty", "List amount", "Discount", "Amount"], *rows])
    told = meanings(tmp_path, "order_lines.csv")
    assert told["Amount"] == "CONTAINS amount"
    assert "Order amount_with_tax" not in told.values()


def test_an_amount_of_tax_is_no_tax_number(tmp_path: Path) -> None:
    told = found(tmp_path, {"q": "Qty", "n": "Amount", "t": "VAT"})
    assert told["t"] == "Order attribute"


def test_a_quote_has_no_amount_with_tax(tmp_path: Path) -> None:
    rows = [[row["o"], row["d"], row["i"], row["q"], row["n"], row["g"]] for row in lines()]
    head = ["Quote No", "Quote Date", "Item", "Qty", "Net amount", "Gross amount"]
    write(tmp_path, "quote_lines.csv", [head, *rows])
    told = meanings(tmp_path, "quote_lines.csv")
    assert (told["Net amount"], told["Gross amount"]) == ("CONTAINS amount", "Quote attribute")
    assert mapping_of(propose([tmp_path]))
