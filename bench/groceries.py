"""A year of household groceries as plain exports: many lines, a long tail of products, repeated purchases.

`python -m bench.groceries OUT` writes `transactions.csv`, `products.csv` and `mapping.yml`. Nothing but
orders, lines and product names is known of a household: the shape of a retailer's loyalty card log.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import numpy.typing as npt
import pandas as pd
import typer

Ints = npt.NDArray[np.int64]
START, DAYS = np.datetime64("2023-01-01T06:00:00"), 365
DEPARTMENTS = 300
REPEATED = 0.45
"""Share of the lines that buy again what the household bought before."""
QUITTING = 0.15
"""Share of the households whose trips end some time in the second half of the year."""
MAPPING = """\
source: groceries
about: Loyalty card log of a grocer, one row per product of a basket
currency: USD
timezone: America/New_York

datasets:
  transactions:
    file: transactions.csv
    nodes:
      - label: Order
        key: basket_id
        repeats: first
        fields:
          ordered_at: transaction_timestamp
          amount: {columns: [sales_value], pick: sum}
          kind: {constant: sale}
      - label: Customer
        key: household_id
        repeats: first
        fields:
          name: {template: "Household {household_id}"}
    links:
      - type: PLACED
        from: {Customer: household_id}
      - type: CONTAINS
        to: {Product: product_id}
        fields: {quantity: quantity, amount: sales_value}
  products:
    file: products.csv
    nodes:
      - label: Product
        key: product_id
        fields:
          name: product_type
          family: department
"""


@dataclass(frozen=True, slots=True)
class Shape:
    """How large the log is."""

    households: int = 2_500
    lines: int = 1_500_000
    products: int = 68_000
    seed: int = 1


def write_groceries(folder: Path, shape: Shape) -> Path:
    """Write the exports and their mapping into `folder`; returns the mapping's path."""
    folder.mkdir(parents=True, exist_ok=True)
    department = departments(shape)
    draw_lines(shape, department).to_csv(folder / "transactions.csv", index=False)
    products = pd.DataFrame(
        {
            "product_id": np.arange(shape.products) + 25_000,
            "department": [f"DEPARTMENT {number:03d}" for number in department],
            "product_type": [f"ITEM {number}" for number in range(shape.products)],
        }
    )
    products.to_csv(folder / "products.csv", index=False)
    mapping = folder / "mapping.yml"
    mapping.write_text(MAPPING, encoding="utf-8")
    return mapping


def draw_lines(shape: Shape, department: Ints) -> pd.DataFrame:
    """All lines, by time: household, basket, product, quantity, value, moment."""
    draw = np.random.default_rng(shape.seed)
    weight = draw.lognormal(0.0, 0.7, shape.households)
    sizes = np.maximum((weight / weight.sum() * shape.lines).astype(np.int64), 2)
    shelves = _Shelves(department, draw)
    parts = [_household(number, int(size), shelves, draw) for number, size in enumerate(sizes)]
    frame = pd.concat(parts, ignore_index=True).sort_values(["at", "household_id"], ignore_index=True)
    baskets = frame.groupby(["household_id", "at"], sort=False).ngroup()
    price = np.round(draw.lognormal(0.9, 0.6, shape.products), 2)
    quantity = 1 + draw.poisson(0.3, len(frame))
    return pd.DataFrame(
        {
            "household_id": frame["household_id"] + 1,
            "basket_id": 31_000_000_000 + baskets,
            "product_id": frame["product"] + 25_000,
            "quantity": quantity,
            "sales_value": np.round(quantity * price[frame["product"]], 2),
            "transaction_timestamp": frame["at"].dt.strftime("%Y-%m-%d %H:%M:%S"),
        }
    )


def departments(shape: Shape) -> Ints:
    """The department of every product; some are twenty times as large as others."""
    draw = np.random.default_rng([shape.seed, 1])
    size = 1.0 / np.arange(1, DEPARTMENTS + 1) ** 0.6
    return draw.choice(DEPARTMENTS, shape.products, p=size / size.sum())


class _Shelves:
    """Products by department, each with its share of the department's sales (Zipf)."""

    def __init__(self, department: Ints, draw: np.random.Generator) -> None:
        self.products = [draw.permutation(np.flatnonzero(department == d)) for d in range(DEPARTMENTS)]
        self.shares = [np.cumsum(1.0 / np.arange(3, len(own) + 3) ** 0.9) for own in self.products]

    def pick(self, departments: Ints, draw: np.random.Generator) -> Ints:
        """One product for each of the departments."""
        picked = np.empty(len(departments), dtype=np.int64)
        for number in np.unique(departments):
            at, share = np.flatnonzero(departments == number), self.shares[number]
            places = np.searchsorted(share, draw.random(len(at)) * share[-1])
            picked[at] = self.products[number][places]
        return picked


def _household(number: int, size: int, shelves: _Shelves, draw: np.random.Generator) -> pd.DataFrame:
    """Lines of one household: its departments, its trips, new products and those it buys again."""
    usable = np.array([len(own) > 0 for own in shelves.products])
    taste = np.where(usable, draw.gamma(0.15, size=DEPARTMENTS) + 1e-9, 0.0)
    products = shelves.pick(draw.choice(DEPARTMENTS, size, p=taste / taste.sum()), draw)
    for place in np.flatnonzero(draw.random(size) < REPEATED).tolist():
        products[place] = products[int(place * draw.random() ** 2)]
    first = float(draw.uniform(0, 40))
    last = float(draw.uniform(DAYS / 2, DAYS)) if draw.random() < QUITTING else float(DAYS)
    trips = np.sort(draw.uniform(first, last, max(1, size // int(draw.integers(4, 16)))))
    at = START + (np.sort(draw.choice(trips, size)) * 86_400).astype("timedelta64[s]")
    return pd.DataFrame({"household_id": number, "product": products, "at": at})


def main(
    out: Annotated[Path, typer.Argument(help="Folder for the exports.")],
    households: Annotated[int, typer.Option(min=1)] = 2_500,
    lines: Annotated[int, typer.Option(min=1)] = 1_500_000,
    products: Annotated[int, typer.Option(min=DEPARTMENTS)] = 68_000,
    seed: int = 1,
) -> None:
    """Write the log."""
    typer.echo(write_groceries(out, Shape(households, lines, products, seed)))


if __name__ == "__main__":
    typer.run(main)
