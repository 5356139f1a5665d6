"""Numbers that count something else than their field does: signs, currencies, thousands, scales."""

import pytest

from graph.derive.ratings import RATINGS
from ingest.reading.header_scale import factor_of
from tests.ingest.conftest import Workshop


@pytest.mark.parametrize(
    ("header", "factor"),
    [
        ("Umsatz in T€", "1000"), ("金额（万元）", "10000"), ("売上(百万円)", "1000000"),
        ("注册资本(亿元)", "100000000"),
        ("amount_cents", "0.01"), ("Revenue ($M)", "1000000"), ("Sales (in thousands)", "1000"),
        ("Percent", None), ("Market", None), ("万科金额", None), ("Amount EUR", None),
    ],
)  # fmt: skip
def test_a_header_tells_what_its_amounts_count(header: str, factor: str | None) -> None:
    assert factor_of(header) == factor


BOOKS = """
source: erp
currency: EUR
datasets:
  accounts:
    file: accounts.csv
    nodes: [{label: Customer, key: id, fields: {name: id, revenue: Umsatz T€}}]
  invoices:
    file: invoices.csv
    nodes:
      - {label: Invoice, key: no, fields: {issued_at: day, kind: kind, amount: total, open_amount: open}}
    links: [{type: FOR, to: {Customer: id}}]
  lines:
    file: lines.csv
    nodes:
      - label: Order
        key: order
        repeats: first
        fields: {ordered_at: day, currency: cur, amount: {column: amount, pick: sum}}
    links: [{type: PLACED, from: {Customer: id}}]
"""


def test_amounts_that_would_be_wrong_are_turned_told_or_set_aside(workshop: Workshop) -> None:
    """Credit notes without a sign, an order in two currencies, thousands that the header names."""
    workshop.put(
        accounts_csv="id,Umsatz T€\n1,1250\n",
        invoices_csv="no,day,kind,total,open,id\nR1,2025-01-10,Invoice,1190,0,1\n"
        "G1,2025-01-20,Credit Memo,119,0,1\nG2,2025-01-21,Credit Memo,20,20,1\n",
        lines_csv="order,day,id,amount,cur\nO1,2025-01-01,1,100,EUR\nO1,2025-01-01,1,50,USD\n"
        "O2,2025-01-02,1,10,USD\nO2,2025-01-02,1,5,USD\n",
    )
    report = workshop.load(BOOKS)
    notes = "\n".join(report.notes)
    assert workshop.ask(
        "MATCH (i:Invoice) RETURN i.invoice_id AS id, i.amount AS amount, i.open_amount AS open ORDER BY id"
    ) == [
        {"id": "erp:G1", "amount": -119.0, "open": 0.0}, {"id": "erp:G2", "amount": -20.0, "open": -20.0},
        {"id": "erp:R1", "amount": 1190.0, "open": 0.0},
    ]  # fmt: skip
    assert "all credit notes are written without a sign and count as negative" in notes
    assert workshop.ask("MATCH (o:Order) RETURN o.order_id AS id, o.amount AS amount") == [
        {"id": "erp:O2", "amount": 15.0}
    ]
    (refused,) = report.reasons
    assert (refused["count"], refused["example"]["reason"]) == (
        2, "Order `O1` has rows in `EUR, USD`, which nothing adds up: give each currency a record of its own",
    )  # fmt: skip
    assert 'declare `{multiply: [Umsatz T€, "1000"]}`' in notes


def test_credit_notes_with_signs_stay_as_they_are(workshop: Workshop) -> None:
    workshop.put(
        accounts_csv="id,Umsatz T€\n1,1\n",
        invoices_csv="no,day,kind,total,open,id\nG1,2025-01-20,Credit Memo,-119,0,1\n"
        "G2,2025-01-21,Credit Memo,119,0,1\n",
    )
    workshop.load(BOOKS)
    assert workshop.ask("MATCH (i:Invoice) RETURN i.amount AS amount ORDER BY i.invoice_id") == [
        {"amount": -119.0}, {"amount": 119.0},
    ]  # fmt: skip


RETURNED = """
source: shop
datasets:
  lines:
    file: lines.csv
    nodes:
      - {label: Order, key: order, repeats: first, fields: {ordered_at: day}}
      - {label: Product, key: product, fields: {name: product}}
    links: [{type: CONTAINS, fields: {quantity: quantity, amount: amount}}]
"""


def test_what_came_back_with_an_amount_above_zero_is_told(workshop: Workshop) -> None:
    rows = "O1,2025-01-01,P,2,20\nO2,2025-01-02,P,-1,10\nO3,2025-01-02,P,-1,-10\n"
    workshop.put(lines_csv="order,day,product,quantity,amount\n" + rows)
    said = "lines: CONTAINS.amount, 1 row: `amount` is above zero where the quantity is below"
    assert any(note.startswith(said) for note in workshop.load(RETURNED).notes)


USED_AGAIN = """
source: crm
datasets:
  accounts:
    file: accounts.csv
    nodes: [{label: Customer, key: id, fields: {name: name, tax_id: tax}, known_from: changed}]
"""


def test_a_key_that_names_another_company_than_before_is_told(workshop: Workshop) -> None:
    for first, second in (
        ("Alpha GmbH,DE811569869", "Beta,DE136695976"),
        ("Zephyr SARL,FR40303265045", "Beta AG,DE136695976"),
    ):
        workshop.put(accounts_csv=f"id,name,tax,changed\n1,{first},2025-01-01\n2,{second},2025-01-01\n")
        notes = workshop.load(USED_AGAIN).notes
    (said,) = [note for note in notes if note.startswith("Customer: 1 key with another name")]
    assert "`crm:1, Alpha GmbH → Zephyr SARL`" in said


DESKS = """
source: desk
datasets:
  tickets:
    file: tickets.csv
    nodes: [{label: Ticket, key: id, fields: {opened_at: day, satisfaction: rating}}]
  surveys:
    file: surveys.csv
    nodes: [{label: Ticket, key: id, fields: {opened_at: day, satisfaction: rating}}]
"""
RATED = "id,day,rating\n"


@pytest.mark.query("ingest.rated")
def test_ratings_of_two_scales_and_of_an_unknown_one_are_told(workshop: Workshop) -> None:
    def told(first: str, second: str) -> str:
        workshop.put(tickets_csv=RATED + first, surveys_csv=RATED + second)
        return "\n".join(note for note in workshop.load(DESKS).notes if "satisfaction" in note)

    five = "".join(f"a{n},2025-01-0{n},{n}\n" for n in range(1, 6))
    assert told(five, five.replace("a", "b")) == ""
    mixed = told(five, "b1,2025-01-01,9\nb2,2025-01-02,10\n")
    assert "surveys: Ticket.satisfaction, 2 rows: `rating` is rated from 9 to 10, others up to 5" in mixed
    unknown = told("a1,2025-01-01,4\na2,2025-01-02,5\n", "")
    assert "`rating` is rated from 4 to 5, and nothing says of how many" in unknown
    range_ = {"kind": "ratings", "status": "done", "report": '{"worst": 1.0, "best": 10.0}'}
    workshop.store.upsert_nodes("Run", [{"id": RATINGS, "props": range_}])
    long = "".join(f"a{n},2025-01-01,{n % 5 + 1}\n" for n in range(20))
    assert "others up to 10: means would mix them" in told(long, "")
