"""Materialising gaps: find them anew for some customers, and write only what changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from graph.decision_chain import gaps
from graph.decision_chain.assemble import PERSONAL, assemble, named_contact
from graph.decision_chain.model import DecisionChain, Gap
from graph.decision_chain.read import ask_of, circumstances, target
from graph.plan import Ask, Plan, Row
from graph.tie.model import Calibration

Key = tuple[str | None, str, str | None]
"""What makes two gaps the same over time: opportunity, kind, person."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How many gaps were found, how many of them written, how many closed."""

    found: int
    written: int
    closed: int


def refresh(customer_ids: Sequence[str], now: datetime, calibration: Calibration) -> Plan[Refreshed]:
    """Find the gaps of all chains of these customers at `now`; solved ones get `valid_to`.

    A customer with open opportunities has a chain for each; one without has the chain of the account. A gap
    that goes on keeps its alert and its `since`.
    """
    states = yield Ask("chain.targets", {"customer_ids": list(customer_ids), "as_of": now.isoformat()})
    rows = yield ask_of([wanted for state in states for wanted in _targets(state)], now, None)
    standing = {state["customer_id"]: _standing(state["alerts"]) for state in states}
    found = [gap for row in rows for gap in _found(row, now, calibration, standing[row["customer_id"]])]
    kept = {row["alert_id"] for row, _ in found}
    fresh = [row for row, changed in found if changed]
    solved = [a["alert_id"] for state in states for a in state["alerts"] if a["alert_id"] not in kept]
    if fresh:
        yield Ask("chain.put_gaps", {"rows": fresh}, write=True)
    if solved:
        yield Ask("chain.close_gaps", {"alert_ids": solved, "now": now.isoformat()}, write=True)
    return Refreshed(len(found), len(fresh), len(solved))


def _targets(state: Row) -> Iterable[Mapping[str, Any]]:
    deals = sorted(state["opportunity_ids"])
    if not deals:
        return [target(state["customer_id"], account=True)]
    return [target(state["customer_id"], deal) for deal in deals]


def _standing(alerts: Iterable[Row]) -> dict[Key, Row]:
    found: dict[Key, Row] = {}
    for alert in sorted(alerts, key=lambda a: (a["valid_from"], a["alert_id"]), reverse=True):
        deal = next(iter(alert["opportunity_ids"]), None)
        contact = named_contact(alert["evidence"] or ()) if alert["kind"] in PERSONAL else None
        found[deal, alert["kind"], contact] = alert
    return found


def _found(
    row: Row, now: datetime, calibration: Calibration, standing: Mapping[Key, Row]
) -> Iterable[tuple[dict[str, Any], bool]]:
    """The alert rows of one chain, each with whether it must be written."""
    chain = assemble(row, now)
    for gap in gaps.find(chain, circumstances(row, now, calibration)):
        old = standing.get((chain.opportunity_id, gap.kind, gap.contact_id))
        same = replace(gap, alert_id=old["alert_id"], since=old["valid_from"]) if old else gap
        yield (
            _alert(chain, same),
            old is None or _said(same) != (old["severity"], old["message"], old["evidence"]),
        )


def _said(gap: Gap) -> tuple[str, str, list[str]]:
    return gap.severity, gap.message, list(gap.evidence)


def _alert(chain: DecisionChain, gap: Gap) -> dict[str, Any]:
    return {
        "alert_id": gap.alert_id,
        "customer_id": chain.customer_id,
        "opportunity_id": chain.opportunity_id,
        "kind": gap.kind,
        "severity": gap.severity,
        "message": gap.message,
        "since": gap.since.isoformat(),
        "evidence": list(gap.evidence),
        "method": gaps.METHOD,
    }
