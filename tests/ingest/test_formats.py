"""Exports as they are found: mail logs with names, decimal commas, Chinese lists, Excel with titles."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from ingest.errors import ColumnMissing
from ingest.mapping.read import read_mapping
from ingest.run import ingest
from tests.ingest.conftest import NOW, Workshop
from tests.paths import REPO

PEOPLE = """
source: crm
datasets:
  staff:
    file: staff.csv
    nodes: [{label: Employee, key: id, fields: {name: name, email: mail}}]
  people:
    file: people.csv
    nodes: [{label: Contact, key: id, fields: {name: name, email: {column: mail, clean: email}}}]
"""
LOG = (
    "Message-ID,Date,From,To,Cc,Subject\n"
    '<1@x>,"Mon, 06 May 2024 09:30:00 +0800","""Lei, Li"" <Li.Lei@x.cn>",'
    '"Eve Ray <eve@us.com>; ""bob@b.com"" <BOB@b.com>",eve@us.com,报价\n'
    '<2@x>,2024-05-07 10:00,eve@us.com,"li.lei@x.cn, Nobody <who@else.org>",,Re: 报价\n'
    "<3@x>,2024-05-08 10:00,who@else.org,also@else.org,,spam\n"
    "<4@x>,2024-05-09 10:00,Eve <eve@us.com>,eve@us.com;twin@b.com,,note to self\n"
)


def test_a_mail_log_with_display_names_finds_people_and_keeps_strangers_mails(workshop: Workshop) -> None:
    workshop.put(
        staff_csv="id,name,mail\n1,Eve,eve@us.com\n",
        people_csv="id,name,mail\n7,李雷,Li Lei <li.lei@x.cn>\n8,Bob,bob@b.com\n9,A,twin@b.com\n"
        "10,B,twin@b.com\n",
        mail_csv=LOG,
    )
    workshop.load(PEOPLE)
    mapping = read_mapping(REPO / "docs/examples/mail_log.yml")
    report = ingest(workshop.store, mapping, workshop.folder, workshop.home, NOW)
    assert (report.totals["read"], report.totals["quarantined"]) == (4, 0)
    found = workshop.ask(
        """MATCH (p:Contact|Employee)-[r:PARTICIPATED_IN]->(i:Interaction)
        RETURN coalesce(p.contact_id, p.employee_id) AS who, i.interaction_id AS mail, r.part AS part
        ORDER BY mail, who"""
    )
    assert [(row["mail"][5:8], row["who"], row["part"]) for row in found] == [
        ("<1@", "crm:1", "to"), ("<1@", "crm:7", "from"), ("<1@", "crm:8", "to"),
        ("<2@", "crm:1", "from"), ("<2@", "crm:7", "to"), ("<4@", "crm:1", "from"),
    ]  # fmt: skip
    sent = workshop.ask("MATCH (i:Interaction {subject: '报价'}) RETURN i.at AS at")
    assert sent == [{"at": datetime(2024, 5, 6, 1, 30, tzinfo=UTC)}]
    assert [(item.key, item.candidates) for item in report.review] == [("twin@b.com", ["crm:10", "crm:9"])]
    assert not ingest(workshop.store, mapping, workshop.folder, workshop.home, NOW).changed


LINES = """
source: erp
currency: EUR
decimal: ","
dates: day-first
datasets:
  lines:
    file: lines.csv
    nodes:
      - {label: Order, key: Beleg, fields: {ordered_at: Datum, amount: {column: Betrag, pick: sum}}}
      - {label: Product, key: Artikel, fields: {name: Bezeichnung}}
      - {label: Customer, key: Kunde, fields: {name: Kunde}}
    links:
      - type: PLACED
      - {type: CONTAINS, fields: {quantity: Menge, amount: Betrag}}
"""


def test_decimal_commas_and_day_first_dates_are_said_once(workshop: Workshop) -> None:
    text = (
        "Beleg;Datum;Kunde;Artikel;Bezeichnung;Menge;Betrag\n"
        "R1;03.04.2024;Müller & Söhne;A1;Schläuche;1,5;1.234,50 €\n"
        "R1;03.04.2024;Müller & Söhne;A2;Öl;-2;-10,25\n"
    )
    workshop.put(lines_csv=text.encode("cp1252"))
    report = workshop.load(LINES)
    assert report.datasets["lines"].files == {"lines.csv": "cp1252"}
    order = workshop.ask("MATCH (c:Customer)-[:PLACED]->(o:Order) RETURN c.name AS name, o AS o")
    assert order[0]["name"] == "Müller & Söhne"
    assert order[0]["o"]["amount"] == pytest.approx(1224.25)
    assert order[0]["o"]["ordered_at"] == datetime(2024, 4, 3, tzinfo=UTC)


CHINESE = """
source: kehu
valid_from: 2024-01-01
datasets:
  customers:
    file: 客户.csv
    nodes:
      - label: Customer
        key: 客户编号
        fields: {name: 客户名称}
        attributes: {address: 地址, remark: 备注}
      - label: Contact
        key: {template: "{客户编号}/{联系人}"}
        fields: {name: 联系人, phone: 电话}
    links:
      - {type: WORKS_AT}
"""


def test_a_chinese_customer_list_with_the_contact_in_the_same_row(workshop: Workshop) -> None:
    text = (
        "客户编号,客户名称,联系人,电话,地址,备注\n"
        "K001,宁波海天机械有限公司,陈明平,0574-8712 3456,宁波市北仑区,老客户\nK002,上海精密仪器厂,,,上海市,\n"
    )
    (workshop.folder / "客户.csv").write_bytes(text.encode("gb18030"))
    report = workshop.load(CHINESE)
    assert report.datasets["customers"].files == {"客户.csv": "gb18030"}
    found = workshop.ask(
        "MATCH (p:Contact)-[:WORKS_AT]->(c:Customer) "
        "RETURN p.name AS name, p.phone AS phone, c.x_address AS at"
    )
    assert found == [{"name": "陈明平", "phone": "0574-8712 3456", "at": "宁波市北仑区"}]
    assert workshop.counts()["Customer"] == 2


EXCEL = """
source: xl
timezone: Asia/Shanghai
datasets:
  deals:
    file: book.xlsx
    sheet: 商机
    skip_lines: 2
    nodes:
      - label: Opportunity
        key: 编号
        fields: {name: 名称, amount: 金额, opened_at: 创建日期, expected_at: 预计}
    links: [{type: FOR, to: {Customer: 客户}}]
  accounts:
    file: book.xlsx
    sheet: 客户
    nodes: [{label: Customer, key: 编号, fields: {name: 名称}}]
"""


def book(path: Path) -> None:
    made = Workbook()
    made.remove(made.worksheets[0])
    first = made.create_sheet("客户")
    first.append([])
    first.append(["编号", "名称"])
    first.append([17, "海天"])
    second = made.create_sheet("商机")
    second.append(["商机清单 2024"])
    second.merge_cells("A1:E1")
    second.append(["", "", "日期", None, ""])
    second.merge_cells("C2:D2")
    second.append(["编号", "名称", "创建日期", "预计", "金额", "客户"])
    second.append([])
    second.append(
        ["D1", "冲压线", date(2024, 5, 1), datetime.fromisoformat("2024-06-01T09:30"), 1250000.5, 17]
    )
    second.append(["D2", "备件", date(2024, 5, 2), None, None, 17])
    made.save(path)


def test_excel_with_sheets_titles_merged_headings_and_dates(workshop: Workshop) -> None:
    book(workshop.folder / "book.xlsx")
    report = workshop.load(EXCEL)
    assert report.totals["quarantined"] == 0
    deal = workshop.ask(
        "MATCH (o:Opportunity {opportunity_id: 'xl:D1'})-[:FOR]->(c) RETURN o AS o, c.customer_id AS c"
    )[0]
    assert deal["c"] == "xl:17"
    assert deal["o"]["opened_at"] == datetime(2024, 5, 1, tzinfo=UTC), (
        "a date is no instant: no zone moves it"
    )
    assert deal["o"]["expected_at"] == datetime(2024, 6, 1, 1, 30, tzinfo=UTC)
    assert workshop.counts()["Opportunity"] == 2


def test_a_title_above_the_header_is_answered_with_where_the_header_is(workshop: Workshop) -> None:
    book(workshop.folder / "book.xlsx")
    with pytest.raises(ColumnMissing, match="they stand in row 3: declare `skip_lines: 2`"):
        workshop.load(EXCEL.replace("    skip_lines: 2\n", ""))
