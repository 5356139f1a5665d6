"""Materialising gaps: find them anew for some customers, and write only what changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from graph.alert.wording import worded
from graph.decision_chain import gaps
from graph.decision_chain.assemble import PERSONAL, assemble, named_contact
from graph.decision_chain.model import DecisionChain, Gap
from graph.decision_chain.rows import chain_rows, circumstances, target
from graph.service import GraphStore, Row
from graph.tie.model import Calibration

Key = tuple[str | None, str, str | None]
"""What makes two gaps the same over time: opportunity, kind, person."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How many gaps were found, how many of them written, how many closed."""

    found: int
    written: int
    closed: int


async def refresh(
    store: GraphStore, customer_ids: Sequence[str], now: datetime, calibration: Calibration
) -> Refreshed:
    """Find the gaps of all chains of these customers at `now`; solved ones get `valid_to`.

    A customer with open opportunities has a chain for each; one without has the chain of the account. A gap
    that goes on keeps its alert and its `since`.
    """
    states = await store.read("chain.targets", customer_ids=list(customer_ids), as_of=now.isoformat())
    targets = [wanted for state in states for wanted in _targets(state)]
    rows = await chain_rows(store, targets, now, None)
    open_alerts = {state["customer_id"]: _alerts_by_gap(state["alerts"]) for state in states}
    alerts = [
        alert for row in rows for alert in _alerts(row, now, calibration, open_alerts[row["customer_id"]])
    ]
    found = {alert["alert_id"] for alert, _ in alerts}
    changed = [alert for alert, is_changed in alerts if is_changed]
    solved = [a["alert_id"] for state in states for a in state["alerts"] if a["alert_id"] not in found]
    if changed:
        await store.write("chain.put_gaps", rows=changed)
    if solved:
        await store.write("alert.close", alert_ids=solved, now=now.isoformat())
    return Refreshed(len(alerts), len(changed), len(solved))


def _targets(state: Row) -> Iterable[Mapping[str, Any]]:
    deals = sorted(state["opportunity_ids"])
    if not deals:
        return [target(state["customer_id"], account=True)]
    return [target(state["customer_id"], deal) for deal in deals]


def _alerts_by_gap(alerts: Iterable[Row]) -> dict[Key, Row]:
    """The alert of each gap; of several the oldest."""
    by_gap: dict[Key, Row] = {}
    for alert in sorted(alerts, key=lambda a: (a["valid_from"], a["alert_id"]), reverse=True):
        deal = next(iter(alert["opportunity_ids"]), None)
        contact = named_contact(alert["evidence"] or ()) if alert["kind"] in PERSONAL else None
        by_gap[deal, alert["kind"], contact] = alert
    return by_gap


def _alerts(
    row: Row, now: datetime, calibration: Calibration, open_alerts: Mapping[Key, Row]
) -> Iterable[tuple[dict[str, Any], bool]]:
    """The alerts of one chain, each with whether it must be written."""
    chain = assemble(row, now)
    for gap in gaps.find(chain, circumstances(row, now, calibration)):
        old = open_alerts.get((chain.opportunity_id, gap.kind, gap.contact_id))
        if old is None:
            yield _alert(chain, gap, None, now), True
        else:
            same = replace(gap, alert_id=old["alert_id"], since=old["valid_from"])
            yield _alert(chain, same, old, now), _differs(same, old)


def _differs(gap: Gap, alert: Row) -> bool:
    stated = (gap.severity, gap.message, gap.figures, list(gap.evidence))
    return stated != (alert["severity"], alert["message"], alert["figures"], alert["evidence"])


def _alert(chain: DecisionChain, gap: Gap, old: Row | None, now: datetime) -> dict[str, Any]:
    return {
        "alert_id": gap.alert_id,
        "customer_id": chain.customer_id,
        "opportunity_id": chain.opportunity_id,
        "kind": gap.kind,
        "severity": gap.severity,
        "message": gap.message,
        "figures": gap.figures,
        "since": gap.since.isoformat(),
        "evidence": list(gap.evidence),
        "method": gaps.METHOD,
        **worded(old, now, severity=gap.severity, figures=gap.figures, evidence=list(gap.evidence)),
    }
