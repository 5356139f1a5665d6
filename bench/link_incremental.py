"""`python -m bench.link_incremental`: new records against many that stand, and what their order changes.

The records are made in code (`bench/dirty/people.py`), dirty and doubled. Speed: a full linkage of `--stored`
records makes the model and the index; then `--new` ones come in batches. Order: `--sample` records come in
`--orders` random orders; in each the first third is linked in full, which makes that order's own model, and
the rest comes in batches of random size; a new model is learned when the product would (`anew.GROWN`). The
clusters of every two orders are compared pair by pair.
"""

import itertools
import os
import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import pandas as pd
import typer

from bench.dirty.people import customers
from graph.duckdb_limits import DuckDbLimits
from ingest.resolve.compared import linked_alone
from ingest.resolve.config import ResolveConfig
from ingest.resolve.linking.anew import GROWN
from ingest.resolve.metrics import Labels, pair_agreement
from ingest.resolve.standing import MOST_IN_BLOCK, StandingIndex, arrive, groups_of, open_index, stand

RECORDS_PER_PERSON = 1.66
FIRST = 1 / 3
GIB = 1024**3


@dataclass(frozen=True, slots=True)
class Sample:
    """Records, their ids, and which belong together."""

    rows: pd.DataFrame
    ids: list[str]
    truth: Labels

    def part(self, places: "np.ndarray | slice") -> "Sample":
        """Some of them, in that order."""
        ids = np.array(self.ids, dtype=object)[places].tolist()
        return Sample(self.rows.iloc[places].reset_index(drop=True), ids, self.truth[places])


def main(
    stored: Annotated[int, typer.Option(help="Records that stand; 0 leaves the speed out.")] = 1_000_000,
    new: Annotated[int, typer.Option(help="Records that come.")] = 50_000,
    batch: Annotated[int, typer.Option(help="Records that come at once.")] = 10_000,
    sample: Annotated[
        int, typer.Option(help="Records that come in several orders; 0 leaves them out.")
    ] = 12_000,
    orders: Annotated[int, typer.Option(min=2, help="How many orders.")] = 20,
    seed: Annotated[int, typer.Option(help="Of the records and the orders.")] = 3,
) -> None:
    """Print both tables."""
    if stored:
        speed(made(stored + new, seed), stored, batch)
    if sample:
        order(made(sample, seed + 1), orders, seed)


def made(records: int, seed: int) -> Sample:
    """So many dirty records of people."""
    found = pd.DataFrame(customers(int(records / RECORDS_PER_PERSON) + 50, seed)).iloc[:records]
    found = found.astype(object).where(found != "", None)
    truth = found["person"].to_numpy(dtype=np.int64)
    return Sample(found.drop(columns=["person", "id"]), found["id"].tolist(), truth)


def speed(given: Sample, stored: int, batch: int) -> None:
    """Print how many records are linked in a second, batch by batch."""
    with tempfile.TemporaryDirectory(prefix="relgraph-link-") as folder:
        path, limits = Path(folder) / "standing" / "people.duckdb", DuckDbLimits(8 * GIB, 2)
        began, used = time.perf_counter(), time.process_time()
        first = given.part(slice(0, stored))
        with open_index(path, limits) as index:
            in_full(index, first)
        typer.echo(
            f"{stored:,} records linked in full: {time.perf_counter() - began:.0f} s, "
            f"{time.process_time() - used:.0f} s of processors, index {path.stat().st_size / GIB:.2f} GiB"
        )
        typer.echo("| new | pairs compared | s | s of processors | records/s | records/s of a processor |")
        typer.echo("|---" * 6 + "|")
        for start in range(stored, len(given.ids), batch):
            part = given.part(slice(start, start + batch))
            began, used = time.perf_counter(), time.process_time()
            with open_index(path, limits) as index:
                compared = come(index, part)
            wall, cpu = time.perf_counter() - began, time.process_time() - used
            typer.echo(
                f"| {len(part.ids):,} | {compared:,} | {wall:.1f} | {cpu:.1f} | {len(part.ids) / wall:,.0f} "
                f"| {len(part.ids) / cpu:,.0f} |"
            )
        with open_index(path, limits) as index:
            found = pair_agreement(clusters(index, given), given.truth, None)
        typer.echo(f"all against the truth: precision {found.precision:.3f}, recall {found.recall:.3f}")
    typer.echo(f"load of the machine meanwhile: {os.getloadavg()[1]:.1f}")


def order(given: Sample, orders: int, seed: int) -> None:
    """Print how much the clusters of different orders agree with each other, and with the truth."""
    found = [arrived(given, random.Random(seed * 1_000 + number)) for number in range(orders)]
    between = [pair_agreement(one, other, None).f1 for one, other in itertools.combinations(found, 2)]
    truth = [pair_agreement(one, given.truth, None).f1 for one in found]
    typer.echo(
        f"{len(given.ids):,} records in {orders} orders: F1 between two orders at least {min(between):.4f}, "
        f"mean {np.mean(between):.4f}; against the truth {min(truth):.4f} to {max(truth):.4f}"
    )


def arrived(given: Sample, draw: random.Random) -> Labels:
    """The clusters of the records, in their own order, after they came in a random one."""
    places = draw.sample(range(len(given.ids)), len(given.ids))
    first = round(FIRST * len(places))
    with open_index(None, DuckDbLimits()) as index:
        in_full(index, given.part(np.array(places[:first])))
        trained = at = first
        for part in _batches(places[first:], draw):
            at += len(part)
            if at - trained > GROWN * trained:
                in_full(index, given.part(np.array(places[:at])))
                trained = at
            else:
                come(index, given.part(np.array(part)))
        return clusters(index, given)


def _batches(places: list[int], draw: random.Random) -> Iterator[list[int]]:
    at = 0
    while at < len(places):
        size = draw.randint(max(1, len(places) // 20), max(2, len(places) // 3))
        yield places[at : at + size]
        at += size


def in_full(index: StandingIndex, given: Sample) -> None:
    """Link these records alone, and let model and index stand."""
    linked = linked_alone(given.rows, pd.Series(given.ids), ResolveConfig())
    if stand(index, given.rows, given.ids, linked, "bench") is None:
        raise typer.BadParameter("too few records to train a model")


def come(index: StandingIndex, given: Sample, most: int = MOST_IN_BLOCK) -> int:
    """Link these new records; how many pairs were weighed. most: as `arrive` takes it."""
    done = arrive(index, given.rows, given.ids, most)
    groups_of(index, done.rows)
    return done.compared


def clusters(index: StandingIndex, given: Sample) -> Labels:
    """The cluster of each record, in the order of the sample."""
    groups = groups_of(index)
    cluster = dict(zip(groups.ids, groups.cluster.tolist(), strict=True))
    alone = [cluster.get(one, len(groups.ids) + place) for place, one in enumerate(given.ids)]
    return np.array(alone, dtype=np.int64)


if __name__ == "__main__":
    typer.run(main)
