"""Quotes, invoices, payments and tasks of an ERP and a CRM, as their exports write them."""

from datetime import UTC, datetime

import pytest

from tests.ingest.conftest import Workshop

MAPPING = """
source: u8
currency: CNY
datasets:
  customers:
    file: customers.csv
    nodes: [{label: Customer, key: 客户编码, fields: {name: 客户名称}}]
  products:
    file: products.csv
    nodes: [{label: Product, key: 存货编码, fields: {name: 存货名称}}]
  orders:
    file: orders.csv
    nodes:
      - label: Order
        key: 单据号
        fields:
          {ordered_at: 订单日期, amount: 价税合计, status: 状态,
           promised_at: 预发货日期, delivered_at: 发货日期}
    links: [{type: PLACED, from: {Customer: 客户编码}}]
  quotes:
    file: quotes.csv
    nodes:
      - label: Quote
        key: 报价单号
        fields: {quoted_at: 报价日期, valid_until: 有效期至, amount: 金额, status: 状态}
    links:
      - {type: FOR, to: {Customer: 客户编码}}
      - {type: CONTAINS, to: {Product: 存货编码}, fields: {quantity: 数量, amount: 金额}}
  invoices:
    file: invoices.csv
    nodes:
      - label: Invoice
        key: 发票号
        fields:
          {kind: 类型, issued_at: 开票日期, due_at: 到期日, amount_with_tax: 价税合计, open_amount: 余额}
    links:
      - {type: FOR, to: {Customer: 客户编码}}
      - {type: ABOUT, to: {Order: 订单号}}
  payments:
    file: payments.csv
    nodes: [{label: Payment, key: 收款单号, fields: {paid_at: 日期, amount: 金额, method: 结算方式}}]
    links:
      - {type: FOR, to: {Customer: 客户编码}}
      - {type: ABOUT, to: {Invoice: 核销发票}, fields: {amount: 金额}}
  staff:
    file: staff.csv
    nodes: [{label: Employee, key: 工号, fields: {name: 姓名}}]
  tasks:
    file: tasks.csv
    nodes:
      - label: Task
        key: 编号
        fields: {subject: 主题, due_at: 截止日期, done_at: 完成日期, status: 状态}
    links:
      - {type: FOR, to: {Customer: 客户编码}}
      - {type: OWNS, from: {Employee: 负责人}}
  tickets:
    file: tickets.csv
    nodes: [{label: Ticket, key: 工单号, fields: {subject: 标题, kind: 类别, opened_at: 提交时间}}]
    links:
      - {type: FOR, to: {Customer: 客户编码}}
      - {type: OWNS, from: {Employee: 负责人}}
"""
FILES = {
    "customers_csv": "客户编码,客户名称\nK1,宏达机械有限公司\n",
    "products_csv": "存货编码,存货名称\nP1,液压泵\nP2,密封圈\n",
    "orders_csv": "单据号,订单日期,客户编码,价税合计,状态,预发货日期,发货日期\n"
    "SO1,2025-03-01,K1,1130,已审核,2026-02-10,\n",
    "quotes_csv": "报价单号,报价日期,有效期至,客户编码,存货编码,数量,金额,状态\n"
    "Q1,2025-02-10,2026-03-10,K1,P1,2,1000,已发出\n",
    "invoices_csv": "发票号,类型,开票日期,到期日,客户编码,订单号,价税合计,余额\n"
    'FP1,专用发票,2025-03-05,2025-04-04,K1,SO1,"1,130.00",630\n'
    "FP2,红字发票,2025-03-20,,K1,SO1,-113,0\n",
    "payments_csv": "收款单号,日期,客户编码,核销发票,金额,结算方式\nSK1,2025-04-20,K1,FP1,500,电汇\n",
    "staff_csv": "工号,姓名\nE1,王芳\n",
    "tasks_csv": "编号,主题,客户编码,负责人,截止日期,完成日期,状态\nT1,催收尾款,K1,E1,2026-06-30,,进行中\n",
    "tickets_csv": "工单号,标题,客户编码,负责人,类别,提交时间\nW1,泵漏油,K1,E1,报修,2025-04-22 10:00\n"
    "W2,要求赔偿,K1,E1,投诉,2025-04-23 10:00\nW3,发票抬头,K1,E1,财务,2025-04-24 10:00\n",
}


@pytest.fixture
def erp(workshop: Workshop) -> Workshop:
    """The files of one ERP and CRM."""
    workshop.put(**FILES)
    return workshop


def test_money_tasks_and_kinds_load_whole(erp: Workshop) -> None:
    report = erp.load(MAPPING)
    assert report.reasons == []
    assert all(item.adds_up for item in report.datasets.values())
    (invoice,) = erp.ask(
        "MATCH (n:Customer {customer_id: 'u8:K1'})<-[:FOR]-(i:Invoice {invoice_id: 'u8:FP1'})"
        " MATCH (i)-[:ABOUT]->(o:Order)"
        " MATCH (i)<-[settles:ABOUT]-(p:Payment)-[:FOR]->(n)"
        " RETURN i.kind AS kind, i.amount_with_tax AS amount, i.open_amount AS open, i.currency AS currency,"
        " i.due_at AS due, o.order_id AS order, o.status AS status, o.promised_at AS promised,"
        " settles.amount AS settled, p.method AS method"
    )
    assert invoice == {
        "kind": "invoice", "amount": 1130.0, "open": 630.0, "currency": "CNY",
        "due": datetime(2025, 4, 4, tzinfo=UTC), "order": "u8:SO1", "status": "已审核",
        "promised": datetime(2026, 2, 10, tzinfo=UTC), "settled": 500.0, "method": "电汇",
    }  # fmt: skip
    kinds = erp.ask("MATCH (i:Invoice) RETURN i.kind AS kind ORDER BY kind")
    assert [row["kind"] for row in kinds] == ["credit_note", "invoice"]
    lines = erp.ask("MATCH (q:Quote)-[l:CONTAINS]->(p:Product) RETURN l.quantity AS n, p.name AS name")
    assert lines == [{"n": 2.0, "name": "液压泵"}]


def test_words_for_kinds_of_tickets_are_read_and_others_stay(erp: Workshop) -> None:
    report = erp.load(MAPPING)
    rows = erp.ask("MATCH (:Employee)-[:OWNS]->(t:Ticket) RETURN t.kind AS kind ORDER BY t.ticket_id")
    assert [row["kind"] for row in rows] == ["fault", "complaint", "财务"]
    assert any("`财务` is no known Ticket.kind and is kept as it is" in note for note in report.notes)


def test_due_days_ahead_are_plans_and_payments_ahead_are_refused(erp: Workshop) -> None:
    erp.put(payments_csv=FILES["payments_csv"] + "SK2,2027-01-01,K1,FP1,630,电汇\n")
    report = erp.load(MAPPING)
    assert report.clock.now == datetime(2025, 4, 24, 10, tzinfo=UTC)
    (reason,) = report.reasons
    assert reason["example"]["row"] == 2
    assert "future" in reason["example"]["reason"]
    assert erp.counts()["Payment"] == 1
    assert erp.ask("MATCH (t:Task)<-[:OWNS]-(:Employee) RETURN t.due_at AS due") == [
        {"due": datetime(2026, 6, 30, tzinfo=UTC)}
    ]


@pytest.mark.slow
def test_a_paid_invoice_gets_a_new_version_and_keeps_one_node(erp: Workshop) -> None:
    erp.load(MAPPING)
    erp.put(invoices_csv=FILES["invoices_csv"].replace(",630", ",0"))
    assert erp.load(MAPPING).changed
    rows = erp.ask(
        "MATCH (i:Invoice {invoice_id: 'u8:FP1'})<-[:RECORD_OF]-(s:SourceRecord)"
        " RETURN i.open_amount AS open, count(s) AS versions"
    )
    assert rows == [{"open": 0.0, "versions": 2}]
    assert not erp.load(MAPPING).changed
