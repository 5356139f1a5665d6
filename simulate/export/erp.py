"""The ERP's exports: customer master in Chinese (GB18030), items in Excel, order headers and lines."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from simulate.company.catalogue import PER_FAMILY
from simulate.config import Floats, Ints
from simulate.dirt.blemishes import Blemishes
from simulate.export import ids
from simulate.export.crm import family_names
from simulate.export.files import ROWS, FileWriter, day_text
from simulate.export.span import dated
from simulate.names.words import SERIES
from simulate.streams import stream
from simulate.world import World

RETURNED = 0.05
"""Share of the order lines that come back at dirt 1."""
TAX = 0.13


def customers(world: World) -> pd.DataFrame:
    """客户主数据.csv: one row per company and per double; doubles carry no tax number."""
    count, names = world.market.count, world.companies
    company = np.concatenate([np.arange(count), world.doubles.erp])
    record = np.arange(len(company))
    director = world.people.first[company] + 1
    family, given = world.contacts.family[director], world.contacts.given[director]
    english = world.contacts.english[director]
    table = pd.DataFrame(
        {
            "客户编号": world.keys.customer(record),
            "客户名称": np.concatenate([names.name, world.doubles.erp_name]),
            "统一社会信用代码": np.where(record < count, names.tax_id[company], ""),
            "行业": names.industry[company],
            "地区": names.city[company],
            "联系人": np.where(
                english, np.char.add(np.char.add(given, " "), family), np.char.add(family, given)
            ),
            "电话": names.phone[company],
            "开户日期": np.char.replace(day_text(world.config.start, -(company * 31 % 1500) - 30), "-", "/"),
            "备注": "",
        }
    )
    table = dated(table, np.full(len(company), -30))
    damage = Blemishes(world.config, "erp customers")
    return damage.empty(table, {"行业": 0.2, "地区": 0.1, "联系人": 0.15, "电话": 0.2}).sort_values(
        "客户编号", kind="stable"
    )


def items(world: World) -> pd.DataFrame:
    """items.xlsx: the item master."""
    catalogue = world.catalogue
    number = np.arange(len(catalogue.family))
    family = family_names()[catalogue.family]
    return pd.DataFrame(
        {
            "Item No": ids.item(number),
            "Description": np.char.add(np.char.add(family, " "), np.array(SERIES)[number % PER_FAMILY]),
            "Item Group": family,
            "List Price": catalogue.price,
            "Currency": "CNY",
            "Active": "Y",
        }
    )


def _returns(world: World) -> tuple[Ints, Ints]:
    """Lines that come back, and the day on which they do."""
    rng, orders = stream(world.config.seed, "returns"), world.orders
    line = np.flatnonzero(rng.random(len(orders.line_order)) < RETURNED * world.config.dirt)
    day = orders.day[orders.line_order[line]] + rng.integers(3, 25, size=len(line))
    keep = day < world.config.days
    return line[keep], day[keep]


@dataclass(frozen=True, slots=True)
class Documents:
    """Sales and, after them, returns: what each reverses (-1: nothing), its ERP record, day and net amount.

    Lines follow in the same order: the document and the sold line of each.
    """

    reverses: Ints
    record: Ints
    day: Ints
    net: Floats
    line_document: Ints
    line_source: Ints


def documents(world: World, record: Ints) -> Documents:
    """All documents; `record` is the ERP record that each order is booked on."""
    orders, (line, day) = world.orders, _returns(world)
    sold, back = len(orders.day), orders.line_order[line]
    value = np.round(orders.line_price * orders.line_quantity, 2)
    net = np.round(np.bincount(orders.line_order, weights=value, minlength=sold), 2)
    return Documents(
        reverses=np.concatenate([np.full(sold, -1), back]),
        record=np.concatenate([record, record[back]]),
        day=np.concatenate([orders.day, day]),
        net=np.concatenate([net, -value[line]]),
        line_document=np.concatenate([orders.line_order, sold + np.arange(len(line))]),
        line_source=np.concatenate([np.arange(len(orders.line_order)), line]),
    )


def order_headers(world: World, all_: Documents, rows: Ints) -> pd.DataFrame:
    """Rows of sales_orders.csv: sales (type OR) and, after them, returns (type RE) with negative amounts."""
    reverses, net = all_.reverses[rows], all_.net[rows]
    returned = reverses >= 0
    company = world.orders.company[np.where(returned, reverses, rows)]
    table = pd.DataFrame(
        {
            "OrderNo": ids.order(rows),
            "CustomerNo": world.keys.customer(all_.record[rows]),
            "OrderDate": day_text(world.config.start, all_.day[rows]),
            "OrderType": np.where(returned, "RE", "OR"),
            "RefOrderNo": np.where(returned, ids.order(np.maximum(reverses, 0)), ""),
            "Currency": "CNY",
            "NetAmount": net,
            "GrossAmount": np.round(net * (1.0 + TAX), 2),
            "SalesPerson": ids.user(world.staff.owner[company]),
        }
    )
    return dated(table, all_.day[rows])


def order_lines(world: World, all_: Documents, rows: Ints) -> pd.DataFrame:
    """Rows of sales_order_lines.csv.gz: the lines of the sales, then those of the returns, negative."""
    orders, source, document = world.orders, all_.line_source[rows], all_.line_document[rows]
    returned = all_.reverses[document] >= 0
    quantity = np.where(returned, -1, 1) * orders.line_quantity[source]
    table = pd.DataFrame(
        {
            "OrderNo": ids.order(document),
            "LineNo": np.where(returned, 10, orders.line_number[source]),
            "ItemNo": ids.item(orders.line_product[source]),
            "Quantity": quantity,
            "NetPrice": orders.line_price[source],
            "LineAmount": np.round(orders.line_price[source] * quantity, 2),
        }
    )
    return dated(table, all_.day[document])


def _slices(count: int) -> Iterator[Ints]:
    return (np.arange(begin, min(begin + ROWS, count)) for begin in range(0, max(count, 1), ROWS))


def _headers(world: World, all_: Documents, damage: Blemishes) -> Iterator[pd.DataFrame]:
    for rows in _slices(len(all_.day)):
        piece = damage.replace(order_headers(world, all_, rows), "CustomerNo", 0.001, ("C9999999",))
        yield damage.break_dates(piece, "OrderDate", 0.0008)


def _lines(world: World, all_: Documents, damage: Blemishes) -> Iterator[pd.DataFrame]:
    for rows in _slices(len(all_.line_source)):
        piece = damage.replace(order_lines(world, all_, rows), "ItemNo", 0.0006, ("P9999", "MISC"))
        yield damage.repeat(piece, 0.004)


def write_erp(writer: FileWriter, world: World, record_of_order: Ints) -> None:
    """Write customers, items, orders and lines; `record_of_order` is the ERP record each order is booked
    on."""
    all_ = documents(world, record_of_order)
    writer.csv("erp/客户主数据.csv", customers(world), "gb18030")
    writer.excel("erp/items.xlsx", items(world), "Items")
    damage = Blemishes(world.config, "orders")
    writer.csv_in_chunks("erp/sales_orders.csv", _headers(world, all_, damage))
    writer.csv_in_chunks("erp/sales_order_lines.csv.gz", _lines(world, all_, damage))
