"""KNOWS: the ties of today, from everything people did together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from cypher import template
from graph.batches import batches
from graph.derive.facts import Derived, drop, row_of
from graph.derive.report import Counts
from graph.model import NODES
from graph.moment import in_utc
from graph.sql import statement
from graph.sql.run import append, execute, rows
from graph.store import Store
from graph.tie import pairs
from graph.tie.model import Calibration

METHOD = "tie-decay-3"
PAGE = 1000
"""People whose standing ties are read at once."""
STANDING = pa.schema(
    {name: pa.string() for name in ("start_label", "start_id", "end_label", "end_id", "fact_id", "digest")}
)


def derive_ties(
    store: Store, connection: duckdb.DuckDBPyConnection, now: datetime, calibration: Calibration
) -> Counts:
    """Make KNOWS hold exactly the ties at `now` among the people in `tie_scope`.

    `tie_meetings` must hold their meetings (`graph.tie.pairs.meet`).
    """
    pairs.keep(connection, now, calibration)
    _read_standing(store, connection)
    changed = pairs.stated(connection, METHOD, calibration)
    written = sum(_write(store, some, calibration) for some in changed)
    gone = list(rows(connection, statement("tie.gone")))
    drop(store, "KNOWS", {row["fact_id"]: (row["end_label"], row["end_id"]) for row in gone})
    (kept,) = execute(connection, statement("tie.count")).fetchall()[0]
    return Counts(kept, written, len(gone))


def drop_faded(store: Store, now: datetime) -> tuple[Counts, list[str]]:
    """Remove ties that have grown too faint to keep though nobody met; also the contacts who had them."""
    found = store.read("derive.faded_ties", now=now.isoformat())
    drop(store, "KNOWS", {row["fact_id"]: (row["end_label"], row["end_id"]) for row in found})
    contacts = {row["end_id"] for row in found if row["end_label"] == "Contact"}
    return Counts(0, 0, len(found)), sorted(contacts)


def _read_standing(store: Store, connection: duckdb.DuckDBPyConnection) -> None:
    """Make `tie_standing`: the ties among the people in scope that stand in the graph."""
    append(connection, "tie_standing", STANDING.empty_table(), anew=True)
    people: dict[str, list[str]] = defaultdict(list)
    for label, key in execute(connection, statement("tie.scope")).fetchall():
        people[label].append(key)
    for label, keys in people.items():
        query = template("derive.standing_ties").render(end=label, end_key=NODES[label].key)
        for page in batches(keys, PAGE):
            found = [row | {"end_label": label} for row in store.read(query, ids=page)]
            append(connection, "tie_standing", pa.Table.from_pylist(found, STANDING))
    execute(connection, statement("tie.leave_others"))


def _write(store: Store, changed: Iterable[Mapping[str, Any]], calibration: Calibration) -> int:
    """Write ties; one that began on another day than the standing fact says replaces it."""
    facts: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    replaced: dict[str, tuple[str, str]] = {}
    for row in changed:
        fact = _fact(row, calibration)
        facts[fact.start[0], fact.end[0]].append(row_of(fact))
        if row["standing_id"] not in (None, fact.fact_id):
            replaced[row["standing_id"]] = fact.end
    drop(store, "KNOWS", replaced)
    for (start, end), given in sorted(facts.items()):
        store.upsert_facts("KNOWS", start, end, given)
    return sum(map(len, facts.values()))


def _fact(row: Mapping[str, Any], calibration: Calibration) -> Derived:
    last_at = in_utc(row["last_at"])
    return Derived(
        type="KNOWS",
        start=(row["start_label"], row["start_id"]),
        end=(row["end_label"], row["end_id"]),
        source_key=f"tie:{row['start_label']}:{row['end_label']}",  # one id may be of both labels
        props={
            "method": METHOD,
            "confidence": 1.0,
            "valid_from": in_utc(row["first_at"]),
            "raw": row["raw"],
            "strength": row["strength"],
            "derived_at": last_at,
            "half_life_days": calibration.raw_half_life_days,
            "last_at": last_at,
            "fades_at": in_utc(row["fades_at"]),
            "interactions": row["interactions"],
            "mutual": row["mutual"],
            "forth": row["forth"],
            "back": row["back"],
            "channels": tuple(row["channels"]),
            "evidence": tuple(row["evidence"]),
            "evidence_count": row["interactions"],
            "digest": row["digest"],
        },
    )
