"""What changed at an account since a day: the difference of what was true and known then and now."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Literal

from graph.clock import reading_moment
from graph.deal import Deals, deals_as_of
from graph.decision_chain.assemble import BASIS_RANK, leading_roles
from graph.errors import NotFound
from graph.score_view.model import RiskReason
from graph.score_view.parse import risk
from graph.service import GraphStore, Row

ChangeKind = Literal[
    "joined", "left", "role", "stance", "reporting_line", "owner", "deal_opened", "deal_stage", "deal_closed",
    "risk",
]  # fmt: skip
NOTICEABLE = 0.005
"""Moves of a score below half a percentage point are none."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A part of an explanation that weighs otherwise than before; signed, in log-odds."""

    reason: RiskReason
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class AccountChange:
    """Something that is another than it was; `subject` and `about` are typed ids.

    Of a role or a line `about` is the deal or the superior; None before or after: there was or is none.
    """

    kind: ChangeKind
    subject: str
    name: str | None
    before: str | None
    after: str | None
    about: str | None = None
    causes: tuple[Cause, ...] = ()


async def account_changes(
    store: GraphStore, *, customer_id: str, since: datetime, now: datetime, viewer: str | None
) -> list[AccountChange]:
    """What changed between `since` and `now` as the viewer may see it; people first, then deals and scores.

    What was true before but became known later has changed, too. Raises AsOfAfterNow, NotFound.
    """
    before_at = reading_moment(since, now)
    before, after = [await _state(store, customer_id, at, viewer) for at in (before_at, now)]
    deals = [await deals_as_of(store, [customer_id], at) for at in (before_at, now)]
    none = Deals(None, ())
    return [
        *_staff(before, after),
        *_roles(before, after),
        *_lines(before, after),
        *_owners(before, after),
        *_deals(*(found.get(customer_id, none) for found in deals)),
        *_risk(customer_id, before, after),
    ]


async def _state(store: GraphStore, customer_id: str, at: datetime, viewer: str | None) -> Row:
    rows = await store.read(
        "account.state", customer_id=customer_id, as_of=at.isoformat(), viewer=viewer or ""
    )
    if not rows:
        raise NotFound("Customer", customer_id)
    return rows[0]


def _staff(before: Row, after: Row) -> Iterator[AccountChange]:
    were, are = ({one["contact_id"]: one for one in state["staff"]} for state in (before, after))
    for key in sorted(are.keys() - were.keys()):
        yield AccountChange("joined", f"Contact:{key}", are[key]["name"], None, are[key]["title"])
    for key in sorted(were.keys() - are.keys()):
        yield AccountChange("left", f"Contact:{key}", were[key]["name"], were[key]["title"], None)


def _roles(before: Row, after: Row) -> Iterator[AccountChange]:
    were, are = _leading(before["roles"]), _leading(after["roles"])
    for key in sorted(were.keys() | are.keys()):
        was, now = were.get(key, {}), are.get(key, {})
        person, name = f"Contact:{key[0]}", (now or was)["name"]
        if was.get("role") != now.get("role"):
            yield AccountChange("role", person, name, was.get("role"), now.get("role"), key[1])
        if was.get("stance") != now.get("stance"):
            before_it, after_it = _text(was.get("stance")), _text(now.get("stance"))
            yield AccountChange("stance", person, name, before_it, after_it, key[1])


def _leading(roles: Iterable[Row]) -> Mapping[tuple[str, str], Row]:
    """The role that counts, by contact and by what it is about."""

    def place(role: Row) -> tuple[str, str]:
        return role["contact_id"], role["target"]

    of_each = groupby(sorted(roles, key=place), key=place)
    return {key: dict(leading_roles(found)[0]) for key, found in of_each}


def _lines(before: Row, after: Row) -> Iterator[AccountChange]:
    were, are = _superiors(before["lines"]), _superiors(after["lines"])
    for key in sorted(were.keys() | are.keys()):
        was, now = were.get(key, {}), are.get(key, {})
        if was.get("superior_id") != now.get("superior_id"):
            about = f"Contact:{(now or was)['superior_id']}"
            names = was.get("superior"), now.get("superior")
            yield AccountChange("reporting_line", f"Contact:{key}", (now or was)["name"], *names, about)


def _superiors(lines: Iterable[Row]) -> Mapping[str, Row]:
    """The line that counts, by contact: the best-founded one, then the one with the smallest id."""

    def place(line: Row) -> tuple[int, str]:
        return BASIS_RANK[line["basis"]], line["superior_id"]

    return {line["contact_id"]: line for line in sorted(lines, key=place, reverse=True)}


def _owners(before: Row, after: Row) -> Iterator[AccountChange]:
    were, are = ({one["employee_id"]: one["name"] for one in state["owners"]} for state in (before, after))
    for key in sorted(are.keys() - were.keys()):
        yield AccountChange("owner", f"Employee:{key}", are[key], None, are[key])
    for key in sorted(were.keys() - are.keys()):
        yield AccountChange("owner", f"Employee:{key}", were[key], were[key], None)


def _deals(before: Deals, after: Deals) -> Iterator[AccountChange]:
    for deal in after.deals:
        key, was = f"Opportunity:{deal['opportunity_id']}", before.named(deal["opportunity_id"])
        if was is None:
            yield AccountChange("deal_opened", key, deal["name"], None, deal["stage"])
        elif was["stage"] != deal["stage"]:
            yield AccountChange("deal_stage", key, deal["name"], was["stage"], deal["stage"])
        if deal["outcome"] is not None and (was is None or was["outcome"] is None):
            yield AccountChange("deal_closed", key, deal["name"], None, deal["outcome"])


def _risk(customer_id: str, before: Row, after: Row) -> Iterator[AccountChange]:
    was, now = (next(iter(state["risk"]), None) for state in (before, after))
    if was is None or now is None or abs(now["probability"] - was["probability"]) < NOTICEABLE:
        return
    subject, causes = f"Customer:{customer_id}", tuple(_causes(was, now))
    before_it, after_it = f"{was['probability']:.3f}", f"{now['probability']:.3f}"
    yield AccountChange("risk", subject, None, before_it, after_it, causes=causes)


def _causes(was: Row, now: Row) -> Iterator[Cause]:
    """The named reasons that weigh otherwise, the greatest difference first."""
    then, today = _weights(was), _weights(now)
    found = [
        Cause(today.get(key) or then[key], _weight(then.get(key)), _weight(today.get(key)))
        for key in then.keys() | today.keys()
    ]
    moved = [cause for cause in found if cause.before != cause.after]
    return iter(sorted(moved, key=lambda cause: (-abs(cause.after - cause.before), cause.reason.text)))


def _weights(score: Row) -> dict[str, RiskReason]:
    return {one.feature or one.text: one for one in risk(score).reasons}


def _weight(reason: RiskReason | None) -> float:
    return 0.0 if reason is None else reason.contribution


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
