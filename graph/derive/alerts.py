"""Account alerts in the graph: those that hold stand, those that no longer do are closed."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import duckdb
import orjson

from graph.alert.playbook import message
from graph.alert.rules import KINDS, METHOD, Finding, find
from graph.alert.wording import worded
from graph.batches import batches
from graph.derive.report import Counts
from graph.store import Store
from graph.tie.model import Calibration
from graph.tie.strength import floor

BATCH = 1000
Key = tuple[str, str, str | None]
"""Kind, customer and subject: what makes two findings the same alert over time."""


def derive_alerts(
    store: Store, connection: duckdb.DuckDBPyConnection, now: datetime, calibration: Calibration,
    off: Collection[str] = (),
) -> Counts:  # fmt: skip
    """Make the open account alerts hold exactly what the rules find at `now`; kinds that are off find none.

    One that goes on keeps its id, its `valid_from` and what somebody decided about it.
    """
    holding = (one for one in find(connection, now) if one.kind not in off)
    found = [*_without_live_ties(store, holding, now, calibration)]
    standing = {key: alert for kind in KINDS for key, alert in _standing(store, kind)}
    wanted = {_key(one): _row(one, standing.get(_key(one)), now) for one in found}
    changed = [row for key, row in wanted.items() if _differs(row, standing.get(key))]
    over = [alert["alert_id"] for key, alert in standing.items() if key not in wanted]
    for batch in batches(changed, BATCH):
        store.write("alert.put", rows=batch)
    for ended in batches(over, BATCH):
        store.write("alert.close", alert_ids=ended, now=now.isoformat())
    return Counts(len(wanted), len(changed), len(over))


def _without_live_ties(
    store: Store, findings: Iterable[Finding], now: datetime, calibration: Calibration
) -> Iterator[Finding]:
    """The findings, without renewals of customers where somebody of us has a tie that counts."""
    every = list(findings)
    renewing = sorted({one.customer_id for one in every if one.kind == "renewal_with_weak_ties"})
    known = _best_ties(store, renewing, now)
    least = floor(calibration.scale)
    for one in every:
        if one.kind != "renewal_with_weak_ties" or known.get(one.customer_id, 0.0) < least:
            yield one


def _best_ties(store: Store, customer_ids: Sequence[str], now: datetime) -> Mapping[str, float]:
    return {
        row["customer_id"]: row["strength"]
        for batch in batches(customer_ids, BATCH)
        for row in store.read("alert.best_ties", customer_ids=batch, as_of=now.isoformat())
    }


def _standing(store: Store, kind: str) -> Iterator[tuple[Key, dict[str, Any]]]:
    for row in store.read("alert.standing", kind=kind, method=METHOD):
        yield (kind, row["customer_id"], row["subject"]), row


def _key(finding: Finding) -> Key:
    return finding.kind, finding.customer_id, finding.subject


def _row(finding: Finding, standing: Mapping[str, Any] | None, now: datetime) -> dict[str, Any]:
    """What is written of a finding; one that stands keeps its id and the day since which it does."""
    begun = finding.since.replace(tzinfo=UTC) if standing is None else standing["valid_from"]
    since = begun.isoformat()
    figures = orjson.dumps(finding.figures, option=orjson.OPT_SORT_KEYS).decode()
    evidence = list(finding.evidence)
    props = {
        "kind": finding.kind,
        "severity": finding.severity,
        "message": message(finding.kind, finding.figures),
        "figures": figures,
        "evidence": evidence,
        **worded(standing, now, severity=finding.severity, figures=figures, evidence=evidence),
        "subject": finding.subject,
        "method": METHOD,
    }
    alert_id = _alert_id(finding, since) if standing is None else standing["alert_id"]
    return {"customer_id": finding.customer_id, "alert_id": alert_id, "since": since, "props": props}


def _alert_id(finding: Finding, since: str) -> str:
    told = "|".join((METHOD, *(part or "" for part in _key(finding)), since))
    return hashlib.sha256(told.encode()).hexdigest()[:24]


def _differs(row: Mapping[str, Any], standing: Mapping[str, Any] | None) -> bool:
    if standing is None:
        return True
    names = ("severity", "message", "figures", "evidence")
    return any(row["props"][name] != standing[name] for name in names)
