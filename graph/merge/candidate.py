"""Records that may be one, as they wait in the graph for a person."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

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


def put_candidates(store: Store, kind: str, found: Iterable[Candidate], now: datetime) -> tuple[int, int]:
    """Make these the open candidates of a kind; how many are new, and how many were withdrawn.

    One that stands goes on with its newest evidence; one that was not found again ends now.
    """
    wanted = {one.key: one for one in found}
    standing = {row["pair"]: row for row in store.read("merge.standing", kind=kind)}
    rows = [_row(one, standing.get(key), now) for key, one in sorted(wanted.items())]
    gone = [row for key, row in standing.items() if key not in wanted]
    rows += [
        {name: row[name] for name in ("start", "end", "fact_id")} | {"props": {"valid_to": now.isoformat()}}
        for row in gone
    ]
    if rows:
        store.upsert_facts(TYPE, kind, kind, rows)
        _log(store, kind, {one for row in rows for one in (row["start"], row["end"])}, now)
    return len(wanted.keys() - standing.keys()), len(gone)


def _row(one: Candidate, standing: dict[str, Any] | None, now: datetime) -> dict[str, Any]:
    start, end = sorted((one.one_id, one.other_id))
    key = fact_id(TYPE, start, end, SOURCE, "", now)
    dated = {"valid_from": now.isoformat(), "known_from": now.isoformat()}
    if standing is not None:
        start, end, key, dated = standing["start"], standing["end"], standing["fact_id"], {}
    props: dict[str, Any] = {
        "fact_id": key, "basis": "inferred", "method": METHOD, "source": SOURCE, "visibility": "company",
        "confidence": round(one.probability, 6),
        "weights": orjson.dumps([asdict(weight) for weight in one.weights]).decode(),
    }  # fmt: skip
    return {"start": start, "end": end, "fact_id": key, "props": props | dated}


def _log(store: Store, kind: str, ids: Iterable[str], now: datetime) -> None:
    key = f"link:{kind}:{now.isoformat()}:{len(store.read('merge.standing', kind=kind))}"
    props = {"at": now.isoformat(), "actor": SOURCE, "kind": f"link.{TYPE}", "touched": packed(kind, ids)}
    store.upsert_nodes("Change", [{"id": key, "props": props}])
