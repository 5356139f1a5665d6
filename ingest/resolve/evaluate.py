"""A linkage judged against a truth that it has not seen."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from ingest.resolve.config import ResolveConfig
from ingest.resolve.link import Linked, link
from ingest.resolve.metrics import Agreement, Labels, bcubed, pair_agreement, pairs_of
from ingest.resolve.records import Records, read_records
from ingest.resolve.truth import truth_of_column, truth_of_pairs


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What `resolve evaluate` prints."""

    pairs: Agreement
    bcubed: Agreement
    records: int
    clusters: int
    seconds: float

    def as_dict(self) -> dict[str, Any]:
        """The keys of the JSON document."""
        counts = {"records": self.records, "clusters": self.clusters, "seconds": round(self.seconds, 2)}
        return {**self.pairs.as_dict(), "bcubed": self.bcubed.as_dict(), **counts}


@dataclass(frozen=True, slots=True)
class Judged:
    """Records without their truth, and the truth."""

    records: Records
    truth: Labels
    file: Labels | None
    """The file of each record where only pairs between two files count."""
    untold: int = 0
    """Records whose truth column is empty: each belongs to itself alone."""

    @property
    def pairs(self) -> int:
        """The pairs of records that belong together in truth."""
        return pairs_of(self.truth, self.file)


def read_judged(paths: Sequence[Path], truth: str, pattern: str | None) -> Judged:
    """Read records and truth; a truth column is taken out. Raises RecordsUnreadable, TruthUnusable."""
    records = read_records(paths)
    if truth in records.rows.columns:
        untold = int(records.rows[truth].isna().sum())
        return Judged(records.without(truth), truth_of_column(records, truth, pattern), None, untold)
    path = Path(truth)
    if not path.is_file():
        truth_of_column(records, truth, pattern)  # says what is wrong
    between = records.file.to_numpy(dtype=np.int64) if len(paths) == 2 else None
    return Judged(records, truth_of_pairs(records, path), between)


def evaluate(judged: Judged, config: ResolveConfig) -> tuple[Evaluation, Linked]:
    """Link the records and compare with the truth."""
    started = time.perf_counter()
    with duckdb.connect() as connection:
        linked = link(judged.records, config, connection)
    seconds = time.perf_counter() - started
    return Evaluation(
        pair_agreement(linked.cluster, judged.truth, judged.file), bcubed(linked.cluster, judged.truth),
        len(judged.truth), len(set(linked.cluster.tolist())), seconds,
    ), linked  # fmt: skip
