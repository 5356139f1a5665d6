"""`python -m bench.small_lists`: what linking merges of short lists, by itself and by defaults.

Lists of 20 to 500 records are made in code (`bench/dirty/lists.py`), English and Chinese. Below 100 records
no model is trained. `first` is how many of the doubles that wait stand before all pairs that are none.
"""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

import pandas as pd
import typer

from bench.dirty.lists import Language, Truth, contacts, customers
from bench.link import found_pairs
from ingest.resolve.compared import Kind
from ingest.resolve.linking.config import LinkConfig
from ingest.resolve.linking.judge import Judged, judged
from ingest.resolve.linking.run import nothing_sure

SIZES = (20, 50, 90, 120, 200, 500)


@dataclass(frozen=True, slots=True)
class Tally:
    """Figures of one list: pairs that are one, pairs merged, and of these right ones; what waits."""

    doubled: int
    merged: int
    right: int
    waiting: int
    """Doubles in review."""
    reviewed: int
    first: int


def main(
    seeds: Annotated[str, typer.Option(help="From and to: seeds of the lists.")] = "100-120",
    sizes: Annotated[str, typer.Option(help="Records, comma-separated.")] = ",".join(map(str, SIZES)),
) -> None:
    """Print precision and recall of what is merged, by kind, language and size."""
    low, high = map(int, seeds.split("-"))
    typer.echo(
        "| kind | language | records | lists | doubles | merged | precision | recall | waiting | first "
        "| in review |\n" + "|---" * 11 + "|"
    )
    kinds: tuple[Kind, ...] = ("Customer", "Contact")
    languages: tuple[Language, ...] = ("en", "zh")
    for kind, language, size in itertools.product(kinds, languages, map(int, sizes.split(","))):
        tallies = [tally(kind, language, size, seed) for seed in range(low, high)]
        typer.echo(_row(kind, language, size, tallies))


def tally(kind: Kind, language: Language, size: int, seed: int) -> Tally:
    """What is merged of one list."""
    frame, truth = (customers if kind == "Customer" else contacts)(size, language, seed)
    return _tally(linked(frame, kind), truth)


def linked(frame: pd.DataFrame, kind: Kind) -> Judged:
    """As the worker links: what no model judges waits, unless a plain rule is certain."""
    config = LinkConfig()
    trained, pairs = found_pairs(frame, kind, config.seed)
    thresholds = config.customers if kind == "Customer" else config.contacts
    return judged(frame, kind, pairs, thresholds if trained else nothing_sure(thresholds), {})


def _tally(found: Judged, truth: Truth) -> Tally:
    merged = {frozenset(pair.ids) for _, pair in found.merges}
    waits = [frozenset(pair.ids) in truth for pair in found.reviews]
    first = sum(1 for _ in itertools.takewhile(bool, waits))
    return Tally(len(truth), len(merged), len(merged & truth), sum(waits), len(waits), first)


def _row(kind: Kind, language: Language, size: int, tallies: Iterable[Tally]) -> str:
    found = list(tallies)
    doubled, merged, right, waiting, reviewed, first = (
        sum(getattr(one, field) for one in found)
        for field in ("doubled", "merged", "right", "waiting", "reviewed", "first")
    )
    return (
        f"| {kind} | {language} | {size} | {len(found)} | {doubled} | {merged} "
        f"| {right / max(1, merged):.3f} | {right / max(1, doubled):.3f} | {waiting} | {first} | {reviewed} |"
    )


if __name__ == "__main__":
    typer.run(main)
