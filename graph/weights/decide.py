"""Proposals of weights: kept, read, and decided by a person."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import orjson

from graph.errors import NotFound, UsageError
from graph.moment import in_utc
from graph.service import GraphStore, Row
from graph.store import Store, writes
from graph.weights.model import Judged, Proposal, ProposalNotOpen, Status, Weights
from graph.weights.standing import ADOPTED, adopted, standing_at

KIND = "weights"
OPEN: frozenset[Status] = frozenset({"proposed", "without_gain"})
"""What somebody may still adopt or reject."""


async def proposals(store: GraphStore) -> tuple[Proposal, ...]:
    """All fits, the newest first."""
    return tuple(_proposal(row["report"]) for row in await store.read("weights.proposals"))


async def weights_at(store: GraphStore, moment: datetime) -> Weights:
    """The weights of health that stood at the moment."""
    rows = await store.read("weights.adopted", run_id=ADOPTED)
    return standing_at((row["report"] for row in rows), moment)


async def waiting(store: GraphStore) -> Proposal | None:
    """The proposal that waits for a person; None where none does."""
    return next((one for one in await proposals(store) if one.status == "proposed"), None)


def keep_proposal(store: Store, earlier: tuple[Proposal, ...], proposal: Proposal, wall: datetime) -> None:
    """Keep a fit; those that were still open are superseded by it."""
    old = [replace(one, status="superseded") for one in earlier if one.status in OPEN]
    _put(store, [*old, proposal], "propose", proposal.at, wall)


def adopt(store: Store, version: int, by: str, now: datetime, wall: datetime) -> Weights:
    """Let these weights stand from `now`, the company's, on. Raises NotFound, ProposalNotOpen, UsageError."""
    chosen = replace(_open(store, version), status="adopted", decided_by=_named(by), decided_at=now)
    before = adopted(row["report"] for row in store.read("weights.adopted", run_id=ADOPTED))
    if any(one.since is not None and one.since > now for one in before):
        raise UsageError("other weights were adopted on a later day than the company's now")
    weights = Weights(version, chosen.values, now, chosen.decided_by)
    report = {"adopted": [one.stored() for one in (*before, weights)]}
    standing = _run(ADOPTED, "weights.adopted", "done", now, report)
    _put(store, [chosen], "adopt", now, wall, also=[standing])
    return weights


def reject(store: Store, version: int, by: str, why: str, now: datetime, wall: datetime) -> Proposal:
    """Decide against a proposal. Raises NotFound, ProposalNotOpen, and UsageError without a reason."""
    if not why.strip():
        raise UsageError("say why: the next fit is read beside the reason")
    who = _named(by)
    chosen = replace(
        _open(store, version), status="rejected", decided_by=who, decided_at=now, reason=why.strip()
    )
    _put(store, [chosen], "reject", now, wall)
    return chosen


def _named(by: str) -> str:
    if not by.strip():
        raise UsageError("say who decides")
    return by.strip()


def _open(store: Store, version: int) -> Proposal:
    every = (_proposal(row["report"]) for row in store.read("weights.proposals"))
    found = next((one for one in every if one.version == version), None)
    if found is None:
        raise NotFound("weights", str(version))
    if found.status not in OPEN:
        raise ProposalNotOpen(version, found.status)
    return found


def _put(
    store: Store, changed: list[Proposal], what: str, now: datetime, wall: datetime, also: Iterable[Row] = ()
) -> None:
    """Write proposals, what else changes with them, and that they changed: all or nothing."""
    runs = [*(_run(_id(one), KIND, one.status, one.at, _report(one)) for one in changed), *also]
    change = {
        "at": now.isoformat(), "loaded_at": wall.astimezone(UTC).isoformat(), "actor": "weights",
        "kind": f"weights.{what}", "count": len(changed),
    }  # fmt: skip
    told = [{"id": f"weights:{uuid4().hex}", "props": change}]
    store.write_together(
        [
            *writes.batches(writes.node_upsert("Run"), runs),
            *writes.batches(writes.node_upsert("Change"), told),
        ]
    )


def _id(proposal: Proposal) -> str:
    return f"{ADOPTED}:{proposal.version:06}"


def _run(run_id: str, kind: str, status: str, at: datetime, report: Mapping[str, Any]) -> dict[str, Any]:
    props = {
        "kind": kind, "status": status, "started_at": at.isoformat(), "finished_at": at.isoformat(),
        "report": orjson.dumps(report).decode(),
    }  # fmt: skip
    return {"id": run_id, "props": props}


def _report(proposal: Proposal) -> dict[str, Any]:
    return asdict(proposal) | {"standing": proposal.standing.stored(), "values": dict(proposal.values)}


def _proposal(report: str) -> Proposal:
    row = orjson.loads(report)
    decided = row["decided_at"]
    standing = row["standing"]
    return Proposal(
        **row
        | {
            "at": in_utc(datetime.fromisoformat(row["at"])),
            "decided_at": None if decided is None else in_utc(datetime.fromisoformat(decided)),
            "standing": Weights.of_stored(standing),
            "judged": Judged(**row["judged"]),
            "fitted_on": tuple(row["fitted_on"]),
            "judged_on": tuple(row["judged_on"]),
        }
    )
