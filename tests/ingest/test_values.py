"""Values of real exports: understood exactly, or set aside with advice; placeholders match nothing."""

from openpyxl import Workbook

from tests.ingest.conftest import Workshop

MATCHED = """
source: crm
datasets:
  accounts:
    file: crm.csv
    nodes: [{label: Customer, key: id, fields: {name: name, tax_id: tax}}]
  erp:
    file: erp.csv
    source: erp
    nodes:
      - {label: Customer, key: no, match: [{tax_id: vat}, {name: firm}], fields: {name: firm, tax_id: vat}}
"""


def test_placeholders_and_damaged_numbers_match_nothing(workshop: Workshop) -> None:
    workshop.put(
        crm_csv="id,name,tax\n1,A,9.13301E+17\n2,B,0\n3,C,-\n4,D,DE123456789\n5,E,无\n"
        "6,F,111111111\n7,G,913301098765432000\n",
        erp_csv="no,firm,vat\nK1,P,9.13301E+17\nK2,Q,0\nK3,R,-\nK4,S,de123456789\nK5,T,无\nK6,U,111111111\n"
        "K7,V,913301098765432000\nK8,a,0\n",
    )
    report = workshop.load(MATCHED)
    assert workshop.counts()["Customer"] == 13
    rows = workshop.ask(
        "MATCH (a:Alias)-[:ALIAS_OF]->(c:Customer) RETURN a.alias_id AS alias, c.customer_id AS id"
    )
    joined = {row["alias"]: row["id"] for row in rows}
    assert (joined["Customer|erp:K4"], joined["Customer|erp:K8"]) == ("crm:4", "crm:1")
    assert joined["Customer|erp:K2"] == "erp:K2"
    assert report.review == []
    assert "erp: Customer match, 2 rows: `0` looks like a placeholder and matches nothing" in report.notes
    assert sum("lost digits in a spreadsheet and matches nothing" in note for note in report.notes) == 4
    assert sum("lost digits in a spreadsheet; format its column" in note for note in report.notes) == 2
    assert not workshop.load(MATCHED).changed


def test_a_long_number_in_a_sheet_is_no_key(workshop: Workshop) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["id", "name", "tax"], [9.13301098765432e17, "A", None], ["913301098765432017", "B", None]):
        sheet.append(row)
    book.save(workshop.folder / "crm.xlsx")
    workshop.put(erp_csv="no,firm,vat\n")
    report = workshop.load(MATCHED.replace("crm.csv", "crm.xlsx"))
    assert [row["name"] for row in workshop.ask("MATCH (c:Customer) RETURN c.name AS name")] == ["B"]
    assert "`9.13301098765432E+17` is not a key" in report.reasons[0]["example"]["reason"]


def test_a_value_that_stands_too_often_matches_nothing(workshop: Workshop) -> None:
    many = "".join(f"{n},Firm {n},T-SHARED\n" for n in range(7))
    workshop.put(
        crm_csv=f"id,name,tax\n{many}", erp_csv="no,firm,vat\nK1,Firm 3,T-SHARED\nK2,Other,T-SHARED\n"
    )
    report = workshop.load(MATCHED)
    assert workshop.counts()["Customer"] == 8
    assert report.review == []
    assert [note for note in report.notes if "too often" in note] == [
        "erp: Customer match, 2 rows: `t-shared` stands 2 times here and 7 times there: too often "
        "to identify anyone"
    ]


WRITTEN = """
source: crm
timezone: Europe/Berlin
datasets:
  accounts:
    file: accounts.csv
    nodes:
      - {label: Customer, key: id, fields: {name: name, employees: staff, revenue: revenue, phone: phone}}
  people:
    file: people.csv
    nodes:
      - label: Contact
        key: id
        fields: {name: name, email: {column: mail, clean: email}, created_at: since}
  meetings:
    file: meetings.csv
    nodes: [{label: Interaction, key: id, fields: {at: at, channel: type}}]
  orders:
    file: orders.csv
    nodes: [{label: Order, key: no, fields: {ordered_at: day, amount: amount, currency: cur}}]
"""


def test_forms_of_exporters_are_read_or_set_aside_with_advice(workshop: Workshop) -> None:
    workshop.put(
        accounts_csv='id,name,staff,revenue,phone\n1,A,"1,250",€1.234.567,+49 30 123456; 0170/1234567\n'
        '2,B,"12,000",CNY 3.5亿,\n3,C,12.5,,\n4,D,7,,8.61381E+12\n9.1E+12,E,5,,\n',
        people_csv="id,name,mail,since\n1,Dan,Dan@b.example; d@home.example,30-JUL-23\n"
        "2,Eve,eve at b.example,10/Nov/20\n"
        "3,Ann,,30/Jul/99 3:11 PM\n4,Bob,,45123\n5,Kim,,0023-07-30\n",
        meetings_csv="id,at,type\nm1,2024-03-01,MEETING\nm2,2024-03-05,电话\nm3,2024-03-06,E-Mail\n"
        "m4,2024-03-06,Trade show\n",
        orders_csv='no,day,amount,cur\n1,2024-01-01,"1,234.50",eur\n2,2024-01-02,(50),Euro\n3,2024-01-03,€5,USD\n'
        "4,2024-01-04,7,XYZ\n5,2024-01-05,£9,\n6,2024-01-06,$9,\n7,2024-01-07,1.000,人民币\n",
    )
    report = workshop.load(WRITTEN)
    assert [
        (row["id"], row["staff"], row["revenue"], row["currency"], row["phone"])
        for row in workshop.ask(
            """MATCH (c:Customer) RETURN c.customer_id AS id, c.employees AS staff, c.revenue AS revenue,
            c.currency AS currency, c.phone AS phone ORDER BY id"""
        )
    ] == [("crm:1", 1250, 1234567.0, "EUR", "+49 30 123456"), ("crm:2", 12000, 3.5e8, "CNY", None)]
    people = workshop.ask(
        """MATCH (c:Contact) RETURN c.name AS name, c.email AS email, toString(c.created_at) AS at
        ORDER BY name"""
    )
    assert [(row["name"], row["email"], row["at"][:16]) for row in people] == [
        ("Ann", None, "1999-07-30T13:11"), ("Dan", "dan@b.example", "2023-07-30T00:00"),
        ("Eve", None, "2020-11-10T00:00"),
    ]  # fmt: skip
    channels = workshop.ask("MATCH (i:Interaction) RETURN i.channel AS channel ORDER BY i.interaction_id")
    assert [row["channel"] for row in channels] == ["meeting", "call", "email", "other"]
    amounts = workshop.ask(
        "MATCH (o:Order) RETURN o.amount AS amount, o.currency AS currency ORDER BY o.order_id"
    )
    assert [(row["amount"], row["currency"]) for row in amounts] == [
        (1234.5, "EUR"), (-50.0, "EUR"), (9.0, "GBP"), (1.0, "CNY"),
    ]  # fmt: skip
    reasons = "\n".join(item["reason"] for item in report.reasons)
    for advice in (
        "Customer key: `…` is not a key: it lost digits in a spreadsheet",
        "Customer.phone: `…` is not a telephone",
        "Customer.employees: `…` is not a whole number: it has a fraction",
        "declare `…`", "the year `…` is implausible",
        "Order.currency: is `…`, but the sign of the amount means `…`",
        "Order.currency: `…` is not a currency",
        "Order.currency: does not follow from the sign of the amount",
    ):  # fmt: skip
        assert advice in reasons
    assert report.notes == [
        "accounts: Customer.phone, 1 row: `+49 30 123456; 0170/1234567` holds 2 telephone numbers, of "
        "which the first is shown",
        "meetings: Interaction.channel, 1 row: `Trade show` is no known channel and counts as other; a "
        "`map:` tells what it means",
        "people: Contact.email, 1 row: `dan@b.example; d@home.example` holds 2 mail addresses, of which the "
        "first is shown",
        "people: Contact.email, 1 row: `eve at b.example` is not a mail address and is left out",
    ]


ODD = """
source: crm
currency: EUR
datasets:
  accounts:
    file: accounts.csv
    nodes: [{label: Customer, key: id, fields: {name: name, tax_id: tax}}]
  lines:
    file: lines.csv
    nodes:
      - {label: Order, key: no, repeats: first, fields: {ordered_at: day, amount: amount}}
      - {label: Product, key: product, fields: {name: product}}
    links:
      - {type: PLACED, from: {Customer: account}}
      - {type: CONTAINS}
"""


def test_what_stands_for_nothing_is_no_key_and_no_name(workshop: Workshop) -> None:
    """Numbers may be keys of somebody's own, words for "none" and errors of a spreadsheet are none."""
    workshop.put(
        accounts_csv="id,name,tax\n0,Zero,9.13301E+17\n-,Dash,\n无,None,\n#REF!,Ref,\n5,-,\n6,#NAME?,\n"
        "Grand total,All,\n合计,All,\n99999,Nines,0\n",
        lines_csv="no,day,account,product,amount\n1,2024-05-01,0,P1,12%\n2,2024-05-02,0,n/a,1.5k\n"
        "3,2024-05-03T10:00:00+25:00,0,P1,5\n4,1924-05-04,99999,#REF!,5\n5,1924-05-05,99999,P1,5\n"
        "6,2024-05-06,99999,P2,2万\n",
    )
    report = workshop.load(ODD)
    names = workshop.ask("MATCH (c:Customer) RETURN c.customer_id AS id, c.name AS name ORDER BY id")
    assert [(row["id"], row["name"]) for row in names] == [
        ("crm:0", "Zero"), ("crm:5", "-"), ("crm:99999", "Nines"),
    ]  # fmt: skip
    products = workshop.ask("MATCH (p:Product) RETURN p.product_id AS id ORDER BY id")
    assert [row["id"] for row in products] == ["crm:P1", "crm:P2"]
    orders = workshop.ask("MATCH (o:Order) RETURN o.order_id AS id, o.amount AS amount ORDER BY id")
    assert [(row["id"], row["amount"]) for row in orders] == [
        ("crm:2", 1500.0), ("crm:5", 5.0), ("crm:6", 20_000.0),
    ]  # fmt: skip
    reasons = "\n".join(item["reason"] for item in report.reasons)
    for advice in (
        "Customer key: `…` is not a key: it stands for nothing: name it in `…` or say by `…`",
        "Customer key: `…` is not a key: it is the error of a spreadsheet",
        "Customer key: `…` is not a key: it looks like a row of totals",
        "Customer.name: `…` is not a name: it is the error of a spreadsheet",
        "Product key: `…` is not a key: it is the error of a spreadsheet",
        "Order.amount: `…` is not a number: it has a percent sign, other cells of its column have none",
        "Order.ordered_at: `…` is not a date: `…` is no offset from UTC",
    ):
        assert advice in reasons
    assert report.notes == [
        "lines: Order.ordered_at 1924-05-05 lies long before all later events, which begin on 2024-05-02: "
        "check its year",
        "accounts: Customer.name, 2 rows: `-` looks like a placeholder, not like a name",
        "accounts: Customer.tax_id, 1 row: `0` looks like a placeholder and is left out",
        "accounts: Customer.tax_id, 1 row: `9.13301E+17` lost digits in a spreadsheet; format its column as "
        "text and export again",
        "lines: Product key, 1 row: `n/a` stands for nothing and names nothing",
        "lines: Product.name, 1 row: `n/a` looks like a placeholder, not like a name",
        "lines: 1 row without CONTAINS (the end is empty)",
    ]


RATES = """
source: erp
rates: {to: Euro, file: rates.csv, dated: [{currency: USD, from: 2024-01-01, rate: 0.9}]}
datasets:
  orders:
    file: orders.csv
    nodes:
      - label: Order
        key: no
        fields: {ordered_at: day, amount: {column: amount, pick: sum}, currency: cur}
"""


def test_dated_rates_convert_orders(workshop: Workshop) -> None:
    workshop.put(
        rates_csv="Currency,Date,Rate\njpy,2024-01-01,0.0064\nJPY,2024-02-01,0.0062\n",
        orders_csv="no,day,amount,cur\n1,2024-01-10,100,EUR\n2,2024-01-11,15000,JPY\n3,2024-02-11,15000,JPY\n"
        "4,2023-01-11,15000,JPY\n5,2024-05-11,10,usd\n5,2024-05-11,5,usd\n6,2024-05-11,10,GBP\n",
    )
    workshop.load(RATES)
    rows = workshop.ask(
        """MATCH (o:Order) RETURN o.reporting_amount AS amount, o.reporting_currency AS currency
        ORDER BY o.order_id"""
    )
    assert [(row["amount"], row["currency"]) for row in rows] == [
        (100.0, "EUR"), (96.0, "EUR"), (93.0, "EUR"), (None, None), (13.5, "EUR"), (None, None),
    ]  # fmt: skip
