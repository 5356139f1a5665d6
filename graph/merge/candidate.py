"""Records that may be one, as they wait in the graph for a person."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any
from uuid import uuid4

import orjson

from graph.facts import fact_id
from graph.history import packed
from graph.store import Store

METHOD, SOURCE = "fellegi-sunter", "link"
TYPE = "MAY_BE_SAME_AS"


@dataclass(frozen=True, slots=True)
class Weight:
    """What the comparison of one field says, in bits; `rarity` is what rare values and matches add."""

    field: str
    one: str | None
    other: str | None
    bits: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two records that may be one, their ids in order."""

    one_id: str
    other_id: str
    probability: float
    weights: Sequence[Weight]

    @property
    def key(self) -> str:
        """One per pair, whichever is named first."""
        return "|".join(sorted((self.one_id, self.other_id)))


def put_candidates(
    store: Store, kind: str, found: Iterable[Candidate], now: datetime, loaded_at: datetime,
    among: Collection[str] | None = None,
) -> tuple[int, int]:  # fmt: skip
    """Make these the open candidates of a kind; how many are new, and how many were withdrawn.

    Of several of one pair the surest counts. One that stands goes on with its newest evidence; one that was
    not found again, or that doubles another since records were merged, ends now. loaded_at: the wall clock.
    among: records that were looked at; candidates of others alone stay as they are. None: all were.
    """
    wanted = {one.key: one for one in sorted(found, key=lambda one: one.probability)}
    standing, doubled = _standing(store, kind)
    rows = [_row(one, standing.get(key), now) for key, one in sorted(wanted.items())]
    gone = [
        row
        for key, row in standing.items()
        if key not in wanted and (among is None or row["start"] in among or row["end"] in among)
    ]
    rows += [
        {name: row[name] for name in ("start", "end", "fact_id")} | {"props": {"valid_to": now.isoformat()}}
        for row in (*gone, *doubled)
    ]
    if rows:
        store.upsert_facts(TYPE, kind, kind, rows)
        _log(store, kind, {one for row in rows for one in (row["start"], row["end"])}, now, loaded_at)
    return len(wanted.keys() - standing.keys()), len(gone)


def _standing(store: Store, kind: str) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
    """The open candidates by pair, of several that of the lowest `fact_id`; and the others."""
    rows = sorted(store.read("merge.standing", kind=kind), key=itemgetter("fact_id"), reverse=True)
    by_pair = {row["pair"]: row for row in rows}
    return by_pair, [row for row in rows if by_pair[row["pair"]] is not row]


def _row(one: Candidate, standing: dict[str, Any] | None, now: datetime) -> dict[str, Any]:
    start, end = sorted((one.one_id, one.other_id))
    key = fact_id(TYPE, start, end, SOURCE, "", now)
    dated = {"valid_from": now.isoformat(), "known_from": now.isoformat()}
    if standing is not None:
        start, end, key, dated = standing["start"], standing["end"], standing["fact_id"], {}
    props: dict[str, Any] = {
        "fact_id": key, "basis": "inferred", "method": METHOD, "source": SOURCE, "visibility": "company",
        "valid_to": None, "confidence": round(one.probability, 6),
        "weights": orjson.dumps([asdict(weight) for weight in one.weights]).decode(),
    }  # fmt: skip
    return {"start": start, "end": end, "fact_id": key, "props": props | dated}


def _log(store: Store, kind: str, ids: Iterable[str], now: datetime, loaded_at: datetime) -> None:
    props = {
        "at": now.isoformat(), "loaded_at": loaded_at.isoformat(), "actor": SOURCE, "kind": f"link.{TYPE}",
        "touched": packed(kind, ids),
    }  # fmt: skip
    store.upsert_nodes("Change", [{"id": f"link:{kind}:{uuid4().hex}", "props": props}])
