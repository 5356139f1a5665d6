"""The ERP's exports: customer master in Chinese (GB18030), items in Excel, order headers and lines."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from simulate.activity.orders import number_within
from simulate.company.catalogue import PER_FAMILY
from simulate.config import Ints
from simulate.dirt.blemishes import Blemishes
from simulate.export import ids
from simulate.export.crm import family_names
from simulate.export.files import FileWriter, day_text
from simulate.names.words import SERIES
from simulate.streams import stream
from simulate.world import World

RETURNED = 0.05
"""Share of the order lines that come back at dirt 1."""
TAX = 0.13
CHUNK = 200_000


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


def order_headers(world: World, record: Ints, line: Ints, day: Ints) -> pd.DataFrame:
    """sales_orders.csv: sales (type OR) and, after them, returns (type RE) with negative amounts."""
    orders = world.orders
    value = np.round(orders.line_price * orders.line_quantity, 2)
    net = np.round(np.bincount(orders.line_order, weights=value, minlength=len(orders.day)), 2)
    net = np.concatenate([net, -value[line]])
    owner = orders.company[orders.line_order[line]]
    return pd.DataFrame(
        {
            "OrderNo": ids.order(np.arange(len(net))),
            "CustomerNo": world.keys.customer(np.concatenate([record, record[orders.line_order[line]]])),
            "OrderDate": day_text(world.config.start, np.concatenate([orders.day, day])),
            "OrderType": np.where(np.arange(len(net)) < len(orders.day), "OR", "RE"),
            "RefOrderNo": np.concatenate([np.full(len(orders.day), ""), ids.order(orders.line_order[line])]),
            "Currency": "CNY",
            "NetAmount": net,
            "GrossAmount": np.round(net * (1.0 + TAX), 2),
            "SalesPerson": ids.user(world.staff.owner[np.concatenate([orders.company, owner])]),
        }
    )


def order_lines(world: World, line: Ints) -> pd.DataFrame:
    """sales_order_lines.csv.gz: the lines of the sales, then those of the returns, negative."""
    orders = world.orders
    source = np.concatenate([np.arange(len(orders.line_order)), line])
    sign = np.where(np.arange(len(source)) < len(orders.line_order), 1, -1)
    back = len(orders.day) + np.arange(len(line))
    number = np.concatenate([orders.line_number, number_within(back) * 10])
    quantity = orders.line_quantity[source] * sign
    return pd.DataFrame(
        {
            "OrderNo": ids.order(np.concatenate([orders.line_order, back])),
            "LineNo": number,
            "ItemNo": ids.item(orders.line_product[source]),
            "Quantity": quantity,
            "NetPrice": orders.line_price[source],
            "LineAmount": np.round(orders.line_price[source] * quantity, 2),
        }
    )


def _pieces(table: pd.DataFrame, damage: Blemishes) -> Iterator[pd.DataFrame]:
    for begin in range(0, max(len(table), 1), CHUNK):
        piece = damage.replace(table.iloc[begin : begin + CHUNK], "ItemNo", 0.0006, ("P9999", "MISC"))
        yield damage.repeat(piece, 0.004)


def write_erp(writer: FileWriter, world: World, record_of_order: Ints) -> None:
    """Write customers, items, orders and lines; `record_of_order` is the ERP record each order is booked
    on."""
    damage = Blemishes(world.config, "orders")
    line, day = _returns(world)
    writer.csv("erp/客户主数据.csv", customers(world), "gb18030")
    writer.excel("erp/items.xlsx", items(world), "Items")
    headers = order_headers(world, record_of_order, line, day)
    headers = damage.replace(headers, "CustomerNo", 0.001, ("C9999999",))
    writer.csv("erp/sales_orders.csv", damage.break_dates(headers, "OrderDate", 0.0008))
    writer.csv_in_chunks("erp/sales_order_lines.csv.gz", _pieces(order_lines(world, line), damage))
