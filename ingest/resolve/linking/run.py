"""Linking the graph: find, judge, merge, and keep what waits."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from graph import migrations
from graph.duckdb_limits import USUAL_LIMITS, DuckDbLimits
from graph.merge import Merge, open_merges
from graph.merge.candidate import Candidate, put_candidates
from graph.merge.service import next_place
from graph.merge.suspend import Clerk
from graph.merge.system import merge_by_itself
from graph.merge.verdict import Judgement, verdicts
from graph.service import run_sync
from graph.store import Store
from ingest.options import Step
from ingest.resolve.compared import TABLES, Kind
from ingest.resolve.linking.anew import Found, find_pairs
from ingest.resolve.linking.config import LinkConfig, Thresholds
from ingest.resolve.linking.judge import Judged, Pair, judged
from ingest.resolve.standing import open_index

KINDS: tuple[Kind, ...] = ("Customer", "Contact")
FOLDER = "link"
"""Of the home: the index of each kind."""


@dataclass(frozen=True, slots=True)
class Report:
    """What linking a kind of record did, or would do (`dry`)."""

    kind: str
    records: int
    looked_at: int
    """Records that were new or changed since the last run, or all of them."""
    why_all: str | None
    """Why all were linked; None where only what is new was."""
    model: str | None
    """The version of the standing model; None where none could be trained."""
    merged: tuple[tuple[str, str, float], ...]
    """Which record stays, which was taken into it, and how probable it is that they are one."""
    review: int
    new: int
    withdrawn: int
    dry: bool
    judged: Judged
    """The pairs with their evidence; of those merged as linking found them."""

    def as_dict(self) -> dict[str, Any]:
        """The keys of the JSON document."""
        return {key: value for key, value in asdict(self).items() if key != "judged"}


@dataclass(frozen=True, slots=True)
class Mode:
    """How to link. home: where the index stands; without one nothing is kept, and all records are linked.

    whole: all of them, and a new model. dry: nothing is written. trained: what no model judges waits for a
    person.
    """

    home: Path | None = None
    limits: DuckDbLimits = USUAL_LIMITS
    whole: bool = False
    dry: bool = False
    trained: bool = False


def link_graph(
    store: Store, history: duckdb.DuckDBPyConnection, config: LinkConfig, clerk: Clerk, mode: Mode = Mode(),
    step: Step = lambda _: None, kinds: Sequence[Kind] = KINDS,
) -> list[Report]:  # fmt: skip
    """Merge what is one, and keep what may be for a person. history: its views, caught up with the graph."""
    return [_linked(store, history, kind, config, clerk, mode, step) for kind in kinds]


def _linked(
    store: Store, history: duckdb.DuckDBPyConnection, kind: Kind, config: LinkConfig, clerk: Clerk,
    mode: Mode, step: Step,
) -> Report:  # fmt: skip
    """The index keeps what was seen only when the graph has it: after a kill the same is found again."""
    step(f"linking {kind.lower()}s")
    path = mode.home / FOLDER / f"{kind.lower()}.duckdb" if mode.home else None
    settings = f"{migrations.check(store).database_id} {config.model_dump_json()}"
    with open_index(path, mode.limits, keep=not mode.dry) as index:
        found = find_pairs(index, history, kind, config.seed, settings, whole=mode.whole)
        thresholds = config.customers if kind == "Customer" else config.contacts
        if mode.trained and found.model is None:
            thresholds = nothing_sure(thresholds)
        return _written(
            store, kind, found, judge(store, found.frame, kind, found.pairs, thresholds), clerk, mode
        )


def nothing_sure(thresholds: Thresholds) -> Thresholds:
    """The same, where nothing but a plain rule is sure."""
    return thresholds.model_copy(update={"merge": 1.0, "certain": thresholds.merges_certain})


def judge(store: Store, frame: pd.DataFrame, kind: Kind, pairs: list[Pair], thresholds: Thresholds) -> Judged:
    """Which of the records are one, and which may be: as people and rules say, and then the evidence."""
    merges = run_sync(store, open_merges)
    ruled: dict[frozenset[str], Judgement] = {frozenset(ids): "apart" for ids in thresholds.apart}
    decided = _as_merged(ruled | run_sync(store, verdicts, kind), merges, kind)
    found = judged(frame, kind, pairs, thresholds, decided)
    ruled_same = _by_rule(frame, kind, thresholds, decided, merges)
    done = {frozenset(pair.ids) for _, pair in ruled_same}
    waiting = tuple(pair for pair in found.reviews if frozenset(pair.ids) not in done)
    return Judged((*ruled_same, *found.merges), waiting)


def _by_rule(
    frame: pd.DataFrame, kind: Kind, thresholds: Thresholds, decided: dict[frozenset[str], Judgement],
    merges: list[Merge],
) -> list[tuple[str, Pair]]:  # fmt: skip
    """What a rule says is one and is not yet, unless somebody told the two apart."""
    answers = _answering(merges, kind)
    names = dict(zip(frame[TABLES[kind][1]], frame["name"], strict=True))
    found = list[tuple[str, Pair]]()
    for ids in thresholds.same:
        keep, other = map(answers, ids)
        if keep != other and decided.get(frozenset((keep, other))) != "apart":
            found.append(
                (keep, Pair((keep, other), (names.get(keep), names.get(other)), 1.0, (), apart=False))
            )
    return found


def _as_merged(
    decided: dict[frozenset[str], Judgement], merges: list[Merge], kind: Kind
) -> dict[frozenset[str], Judgement]:
    """Decisions about records as they now answer: what was said of one that was absorbed counts for all.

    Of several about one pair `apart` holds.
    """
    answers = _answering(merges, kind)
    found: dict[frozenset[str], Judgement] = {}
    for pair, judgement in decided.items():
        answering = frozenset(map(answers, pair))
        if len(answering) == 2 and found.get(answering) != "apart":
            found[answering] = judgement
    return found


def _answering(merges: list[Merge], kind: Kind) -> Callable[[str], str]:
    """The record under which one answers, after all merges that stand."""
    now = {merge.absorbed_id: merge.kept_id for merge in merges if merge.kind == kind and merge.stands}

    def root(one: str) -> str:
        while one in now:
            one = now[one]
        return one

    return root


def _written(store: Store, kind: Kind, found: Found, done: Judged, clerk: Clerk, mode: Mode) -> Report:
    merged = tuple((keep, _other(pair, keep), round(pair.probability, 6)) for keep, pair in done.merges)
    waiting, withdrawn, new = len(done.reviews), 0, 0
    if not mode.dry:
        first = run_sync(store, next_place) if merged else 0
        merged = tuple(
            one
            for place, one in enumerate(merged, first)
            if run_sync(store, merge_by_itself, clerk, kind, *one, place)
        )
        gone = {other: keep for keep, other, _ in merged}
        candidates = [_candidate(pair, gone) for pair in done.reviews]
        among = None if found.why_all else {*found.looked_at, *found.gone}
        new, withdrawn = put_candidates(store, kind, candidates, clerk.now, clerk.loaded_at, among)
        waiting = len({one.key for one in candidates})
    return Report(
        kind, found.records, found.new, found.why_all, found.model, merged, waiting, new, withdrawn,
        mode.dry, done,
    )  # fmt: skip


def _other(pair: Pair, keep: str) -> str:
    return pair.ids[0] if pair.ids[1] == keep else pair.ids[1]


def _candidate(pair: Pair, gone: dict[str, str]) -> Candidate:
    one, other = (gone.get(record, record) for record in pair.ids)
    return Candidate(one, other, pair.probability, pair.weights)
