"""Linking the graph: read, judge, merge, and keep what waits."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import duckdb
import pandas as pd

from graph.merge import Merge, open_merges
from graph.merge.candidate import Candidate, put_candidates
from graph.merge.suspend import Clerk
from graph.merge.system import merge_by_itself
from graph.merge.verdict import Judgement, verdicts
from graph.service import run_sync
from graph.sql.run import execute
from graph.store import Store
from ingest.resolve.doubled import TABLES, Kind, compared
from ingest.resolve.linking.config import LinkConfig, Thresholds
from ingest.resolve.linking.judge import Judged, Pair, judged, pairs_of
from ingest.sql import statement

Step = Callable[[str], None]
KINDS: tuple[Kind, ...] = ("Customer", "Contact")


@dataclass(frozen=True, slots=True)
class Report:
    """What linking a kind of record did, or would do (`dry`)."""

    kind: str
    records: int
    merged: tuple[tuple[str, str, float], ...]
    """Which record stays, which was taken into it, and how probable it is that they are one."""
    review: int
    new: int
    withdrawn: int
    dry: bool

    def as_dict(self) -> dict[str, Any]:
        """The keys of the JSON document."""
        return asdict(self)


def link_graph(
    store: Store, history: duckdb.DuckDBPyConnection, config: LinkConfig, clerk: Clerk, *,
    dry: bool = False, step: Step = lambda _: None,
) -> list[Report]:  # fmt: skip
    """Merge what is one, and keep what may be for a person. history: its views, caught up with the graph."""
    reports = []
    for kind in KINDS:
        step(f"linking {kind.lower()}s")
        frame = records_of(history, kind)
        found = judge(store, frame, kind, config)
        reports.append(_written(store, kind, len(frame), found, clerk, dry=dry))
    return reports


def records_of(history: duckdb.DuckDBPyConnection, kind: Kind) -> pd.DataFrame:
    """The records of a kind that have not ended, with the fields that are compared.

    A contact of whom only some of us may see anything takes no part: a merge would show its values to all.
    """
    frame = compared(history, kind).astype(object)
    if kind == "Contact":
        hidden = execute(history, statement("linking.hidden_contacts")).df()
        frame = frame[~frame[TABLES[kind][1]].isin(hidden["id"])].reset_index(drop=True)
    return frame.where(frame.notna(), None)


def judge(store: Store, frame: pd.DataFrame, kind: Kind, config: LinkConfig) -> Judged:
    """Which of the records are one, and which may be, as people have decided and the evidence says."""
    decided = _as_merged(run_sync(store, verdicts, kind), run_sync(store, open_merges), kind)
    return judged(frame, kind, pairs_of(frame, kind, config.seed), _thresholds(config, kind), decided)


def _as_merged(
    decided: dict[frozenset[str], Judgement], merges: list[Merge], kind: Kind
) -> dict[frozenset[str], Judgement]:
    """Decisions about records as they now answer: what was said of one that was absorbed counts for all.

    Of several about one pair `apart` holds.
    """
    now = {merge.absorbed_id: merge.kept_id for merge in merges if merge.kind == kind and merge.stands}

    def root(one: str) -> str:
        while one in now:
            one = now[one]
        return one

    found: dict[frozenset[str], Judgement] = {}
    for pair, judgement in decided.items():
        answering = frozenset(map(root, pair))
        if len(answering) == 2 and found.get(answering) != "apart":
            found[answering] = judgement
    return found


def _thresholds(config: LinkConfig, kind: Kind) -> Thresholds:
    return config.customers if kind == "Customer" else config.contacts


def _written(store: Store, kind: Kind, records: int, found: Judged, clerk: Clerk, *, dry: bool) -> Report:
    merged = tuple((keep, _other(pair, keep), round(pair.probability, 6)) for keep, pair in found.merges)
    if dry:
        return Report(kind, records, merged, len(found.reviews), 0, 0, dry)
    for keep, other, probability in merged:
        run_sync(store, merge_by_itself, clerk, kind, keep, other, probability)
    gone = {other: keep for keep, other, _ in merged}
    waiting = [_candidate(pair, gone) for pair in found.reviews]
    new, withdrawn = put_candidates(store, kind, waiting, clerk.now, clerk.loaded_at)
    return Report(kind, records, merged, len({one.key for one in waiting}), new, withdrawn, dry)


def _other(pair: Pair, keep: str) -> str:
    return pair.ids[0] if pair.ids[1] == keep else pair.ids[1]


def _candidate(pair: Pair, gone: dict[str, str]) -> Candidate:
    one, other = (gone.get(record, record) for record in pair.ids)
    return Candidate(one, other, pair.probability, pair.weights)
