"""Reading alerts: a page of them, how many there are, and those of given ids."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from graph.alert.model import SEVERITIES, AccountAlert, Selection
from graph.alert.playbook import Language, message, play, title
from graph.alert.wording import moment_text, told_then
from graph.clock import reading_moment
from graph.keyset import COUNTED, BadCursor, counted, cursor, key_after, moment_in, page_size
from graph.model import Customer, Employee
from graph.portfolio import customers_of
from graph.profile.model import Owner
from graph.record_version import names_as_of, own_values_as_of
from graph.service import GraphStore, Row

_ORDER = "alert"
_START = {"after_rank": -1, "after_since": "2999-01-01T00:00:00+00:00", "after_id": ""}


@dataclass(frozen=True, slots=True)
class Asking:
    """As of which moment, for whom and in which language alerts are read."""

    now: datetime
    as_of: datetime | None = None
    viewer: str | None = None
    language: Language = "en"

    @property
    def moment(self) -> datetime:
        """The moment to read at; raises AsOfAfterNow."""
        return reading_moment(self.as_of, self.now)


@dataclass(frozen=True, slots=True)
class AlertPage:
    """Alerts, the gravest first, then the newest, and whether more follow."""

    alerts: tuple[AccountAlert, ...]
    more: bool


async def alerts(
    store: GraphStore, selection: Selection, asking: Asking, *, first: int = 50, after: str | None = None
) -> AlertPage:
    """A page of the selected alerts, in the states of today, those of a past day too.

    `after` is a cursor (`after_alert`). Raises UsageError (not 1 to 1000 alerts), BadCursor, AsOfAfterNow.
    """
    limit = page_size(first, "alerts") + 1
    chosen = await _chosen(store, selection, asking)
    rows = await store.read("alert.page", **chosen, **_after(after), limit=limit)
    found = await alerts_by_id(store, [row["alert_id"] for row in rows[:first]], asking)
    return AlertPage(tuple(found.values()), len(rows) > first)


async def alerts_of_each(
    store: GraphStore, customer_ids: Sequence[str], *, selection: Selection, asking: Asking, first: int,
    after: str | None = None,
) -> Mapping[str, AlertPage]:  # fmt: skip
    """Of each customer that stands a page as of `alerts`, whatever portfolio the selection has."""
    narrowed = _narrowed(selection, asking) | _after(after)
    limit = page_size(first, "alerts") + 1
    rows = await store.read("alert.of_each", customer_ids=list(customer_ids), **narrowed, limit=limit)
    chosen = {row["customer_id"]: row["alert_ids"] for row in rows}
    found = await alerts_by_id(store, [one for ids in chosen.values() for one in ids[:first]], asking)
    return {
        customer_id: AlertPage(tuple(found[one] for one in ids[:first] if one in found), len(ids) > first)
        for customer_id, ids in chosen.items()
    }


async def count_alerts(store: GraphStore, selection: Selection, asking: Asking) -> tuple[int, bool]:
    """How many alerts are selected, and whether that is exact: there may be more than COUNTED."""
    chosen = await _chosen(store, selection, asking)
    (row,) = await store.read("alert.count", **chosen, limit=COUNTED + 1)
    return counted(row["alerts"])


async def alerts_by_id(
    store: GraphStore, alert_ids: Sequence[str], asking: Asking
) -> Mapping[str, AccountAlert]:
    """Alerts by their ids, in this order, those that are over too; unknown ids are missing."""
    if not alert_ids:
        return {}
    rows = await store.read(
        "alert.told",
        alert_ids=list(alert_ids),
        as_of=asking.moment.isoformat(),
        viewer=asking.viewer or "",
    )
    if asking.moment < asking.now:
        rows = await _as_then(store, rows, asking.moment)
    found = {row["alert"]["alert_id"]: _alert(row, asking.language) for row in rows}
    return {alert_id: found[alert_id] for alert_id in alert_ids if alert_id in found}


async def _as_then(store: GraphStore, rows: Sequence[Row], moment: datetime) -> list[Row]:
    """The rows with the names of the day, what was said that day, and without ends that lay ahead."""
    owners = {one["employee_id"] for row in rows for one in row["owners"]}
    ours = await own_values_as_of(store, Employee, owners, moment)
    today = {row["customer_id"]: row["customer_name"] for row in rows}
    firms = await names_as_of(store, Customer, today, moment)

    def then(row: Row) -> Row:
        told = row["alert"]
        until = told["valid_to"] if told["valid_to"] is None or told["valid_to"] <= moment else None
        named, firm = [ours.of(one) for one in row["owners"]], firms[row["customer_id"]]
        alert = {**told_then(told, moment), "valid_to": until}
        return {**row, "alert": alert, "customer_name": firm, "owners": named}

    return [then(row) for row in rows]


def after_alert(alert: AccountAlert) -> str:
    """The cursor that continues after this alert."""
    return cursor(_ORDER, _rank(alert.severity), alert.since.isoformat(), alert.alert_id)


async def _chosen(store: GraphStore, selection: Selection, asking: Asking) -> dict[str, Any]:
    customer_ids = await customers_of(store, selection.of, moment=asking.moment, viewer=asking.viewer)
    return {
        "customer_ids": customer_ids,
        "everyone": selection.of.everybody,
        **_narrowed(selection, asking),
    }


def _narrowed(selection: Selection, asking: Asking) -> dict[str, Any]:
    return {
        "as_of": moment_text(asking.moment),
        "kinds": list(selection.kinds),
        "severities": list(selection.severities),
        "states": list(selection.states),
    }


def _after(given: str | None) -> dict[str, Any]:
    if given is None:
        return _START
    match key_after(given, _ORDER):
        case [int() as rank, str() as since, str() as alert_id]:
            return {
                "after_rank": rank,
                "after_since": moment_in(since).isoformat(),
                "after_id": alert_id,
            }
    raise BadCursor


def _rank(severity: str) -> int:
    """The place of a severity, as alert.page ranks it."""
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES) - 1


def _alert(row: Row, language: Language) -> AccountAlert:
    told: Row = row["alert"]
    owner = next(iter(row["owners"]), None)
    deal = next((f"Opportunity:{deal}" for deal in row["deals"]), None)
    return AccountAlert(
        alert_id=told["alert_id"],
        kind=told["kind"],
        title=title(told["kind"], language),
        message=_message(told, language),
        severity=told["severity"],
        since=told["valid_from"],
        until=told["valid_to"],
        customer_id=row["customer_id"],
        customer_name=row["customer_name"],
        subject=told["subject"] or deal,
        evidence=tuple(told["evidence"] or ()),
        owner=Owner(**owner) if owner else None,
        state=told["state"] or "open",
        state_by=told["state_by"],
        state_at=told["state_at"],
        state_reason=told["state_reason"],
        play=play(told["kind"], language),
        form=orjson.loads(told["figures"]).get("form") if told["figures"] else None,
    )


def _message(told: Row, language: Language) -> str:
    """The message anew from its figures in another language than English; without figures as it stands."""
    if language == "en" or told["figures"] is None:
        return str(told["message"])
    return message(told["kind"], orjson.loads(told["figures"]), language)
