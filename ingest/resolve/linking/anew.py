"""Pairs that may be one: of all records where a model must be learned, else of what is new alone."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import pandas as pd

from graph.sql.run import execute
from ingest.resolve.compared import COMPARED, LEAST_FILLED, TABLES, Kind, compared, linked_alone
from ingest.resolve.config import ResolveConfig
from ingest.resolve.link import Linked
from ingest.resolve.linking.changes import (
    Changes,
    changes,
    filled,
    forget_seen,
    frequent_in,
    keep_prints,
    print_of,
)
from ingest.resolve.linking.judge import Pair, frequent_values, likely_pairs, usable, with_shared
from ingest.resolve.linking.sharing import shared_values
from ingest.resolve.standing import StandingIndex, StandingModel, arrive, forget, groups_of, stand
from ingest.sql import statement

GROWN = 0.5
"""Share of the records a model was trained on, by which as many may come before it is trained anew."""
FEW, MANY_NEW = 1_000, 0.1
"""Where no model could be trained: records so few that all are linked whenever something is new, and else the
share of them that must be new."""
SAID, SAYS_OTHERWISE = 200, 0.25
"""New records that say how often a field is filled, and the difference of that share that is a drift."""


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs for which more speaks than against, of the records that were looked at."""

    frame: pd.DataFrame
    """The records that the pairs are of: all, or those that what is new is connected to."""
    looked_at: Sequence[str]
    """Ids of those of which all pairs are known."""
    pairs: list[Pair]
    records: int
    """Of the graph."""
    new: int
    """Of these, how many were new or changed."""
    why_all: str | None
    """Why all were linked; None where only what is new was."""
    gone: Sequence[str]
    model: str | None
    """The version of the model; None where none was trained."""


def find_pairs(
    index: StandingIndex,
    history: duckdb.DuckDBPyConnection,
    kind: Kind,
    seed: int,
    settings: str,
    *,
    whole: bool,
) -> Found:
    """Bring the index up to what the history holds.

    settings: what else the index depends on; whole: from nothing.
    """
    current = print_of(history, kind)
    model = index.model
    if not whole and model is None and index.untrained == settings:
        seen = changes(index, current)
        if not _worth_all(seen, len(current)):
            forget_seen(index, seen.gone)
            return Found(_nothing(kind), (), [], len(current), 0, None, seen.gone, None)
    why = "asked for" if whole else _unusable(model, settings)
    if why is None and model is not None:
        seen = changes(index, current)
        frame = records_of(history, kind, seen.come)
        rows = usable(frame, kind, frequent_in(history, kind), least=0.0)
        why = drift(model, index.given, rows)
        if why is None:
            return _of_new(index, history, kind, current, seen, rows)
    return _of_all(index, history, kind, seed, settings, current, why or "nothing stands yet")


def records_of(
    history: duckdb.DuckDBPyConnection, kind: Kind, ids: Sequence[str] | None = None
) -> pd.DataFrame:
    """The records of a kind that have not ended, with the fields that are compared.

    A contact of whom only some of us may see anything takes no part: a merge would show its values to all.
    """
    frame = compared(history, kind, ids).astype(object)
    if kind == "Contact":
        hidden = execute(history, statement("linking.hidden_contacts")).df()
        frame = frame[~frame[TABLES[kind][1]].isin(hidden["id"])].reset_index(drop=True)
    return frame.where(frame.notna(), None)


def drift(model: StandingModel, given: int, rows: pd.DataFrame) -> str | None:
    """Why the model no longer fits; None where it does. given: records that the index has ever taken in."""
    come = given - model.records + len(rows)
    if come > GROWN * model.records:
        return f"{come} records came since {model.records} trained the model"
    if len(rows) < SAID:
        return None
    before = {one.name: one.filled for one in model.columns}
    for field, share in filled(rows).items():
        if abs(share - before.get(field, 0.0)) > SAYS_OTHERWISE and share >= LEAST_FILLED:
            return f"{field} is filled in {share:.0%} of what is new, in {before.get(field, 0.0):.0%} before"
    return None


def _worth_all(seen: Changes, records: int) -> bool:
    """Whether what is new is worth linking all without a model; what is not linked stays new."""
    return bool(seen.come) and (records <= FEW or len(seen.come) > MANY_NEW * records)


def _unusable(model: StandingModel | None, settings: str) -> str | None:
    if model is None:
        return "no model stands"
    if model.settings != settings:
        return "the settings have changed"
    return None if model.engine == duckdb.__version__ else "the database engine has changed"


def linked_whole(frame: pd.DataFrame, kind: Kind, seed: int) -> tuple[pd.DataFrame, Linked, list[Pair]]:
    """What is compared of each record, the linkage of all, and the pairs for which more speaks than not."""
    frequent = frequent_values(frame)
    rows, cells = usable(frame, kind, frequent), usable(frame, kind, frequent, least=0.0)
    linked = linked_alone(rows, frame[TABLES[kind][1]], ResolveConfig(seed=seed))
    return rows, linked, likely_pairs(frame, cells, kind, linked.pairs, linked.weight, linked.evidence)


def _of_all(
    index: StandingIndex, history: duckdb.DuckDBPyConnection, kind: Kind, seed: int, settings: str,
    current: pd.DataFrame, why: str,
) -> Found:  # fmt: skip
    frame = records_of(history, kind)
    index.clear()
    ids = list(frame[TABLES[kind][1]])
    if len(frame) < 2:
        return Found(frame, ids, [], len(frame), len(frame), why, (), None)
    rows, linked, likely = linked_whole(frame, kind, seed)
    pairs = with_shared(likely, frame, kind, shared_values(history, kind), len(frame))
    model = stand(index, rows, ids, linked, settings)
    if model is None:
        index.keep_untrained(settings)
    keep_prints(index, current)
    return Found(frame, ids, pairs, len(frame), len(frame), why, (), model.version if model else None)


def _of_new(
    index: StandingIndex, history: duckdb.DuckDBPyConnection, kind: Kind, current: pd.DataFrame,
    seen: Changes, rows: pd.DataFrame,
) -> Found:  # fmt: skip
    """Pairs of the records that the new ones are connected to, also by way of others."""
    model = index.required
    forget(index, [*seen.changed, *seen.gone])
    keep_prints(index, current)
    if not seen.come:
        return Found(_nothing(kind), (), [], len(current), 0, None, seen.gone, model.version)
    done = arrive(index, rows, seen.come)
    groups = groups_of(index, done.rows)
    frame = records_of(history, kind, groups.ids)
    cells = usable(frame, kind, frequent_in(history, kind), least=0.0)
    evidence = {
        one.column: bits[groups.levels[:, c]]
        for c, (one, bits) in enumerate(zip(model.comparisons, model.bits, strict=True))
    }
    likely = likely_pairs(frame, cells, kind, groups.pairs, groups.weight, evidence)
    shared = shared_values(history, kind, groups.ids)
    beside = records_of(history, kind, sorted({one for ids in shared for one in ids} - set(groups.ids)))
    both = pd.concat([frame, beside], ignore_index=True) if len(beside) else frame
    pairs = with_shared(likely, both, kind, shared, len(current))
    return Found(both, groups.ids, pairs, len(current), len(seen.come), None, seen.gone, model.version)


def _nothing(kind: Kind) -> pd.DataFrame:
    """No records, as `records_of` gives them."""
    fields = (TABLES[kind][1], *COMPARED[kind])
    return pd.DataFrame({field: [] for field in fields}, dtype=object)
