"""Ties of a past day, found anew from what had happened by then, and the people as they then were."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, pairwise
from typing import Any

from graph.departure import SURE, departures_as_of, of_past
from graph.model import Contact, Customer, Employee
from graph.parameters import Parameters
from graph.record_version import names_as_of, own_values_as_of
from graph.service import GraphStore, Row
from graph.tie import fold
from graph.tie.model import Tie
from graph.tie.read import interactions_of, participations
from graph.warm_path.book import (
    LEAST_RAW,
    Facts,
    Paths,
    ids_of,
    people_in_graph,
    unreachable_in_graph,
)

NEVER = 2.0
"""Above any confidence: departures of the last derive do not count, those of the day are found anew."""


@dataclass(slots=True)
class PastTies:
    """A `TieBook` of a past day, by the parameters that stood then."""

    store: GraphStore
    moment: datetime
    viewer: str
    parameters: Parameters
    now: datetime
    """Today: whoever wants no contact by now is in no way of any day."""
    found: dict[str, Tie] = field(default_factory=dict)
    """Ties read so far, by what holds them."""
    active: dict[str, bool] = field(default_factory=dict)
    """Whether an employee worked for us that day."""

    async def ties(self, floors: Mapping[str, float]) -> Sequence[Row]:
        """Ties of these people that reach their floors, but for those of people who had left us."""
        met = [
            *await interactions_of(self.store, Contact, ids_of("Contact", floors), self.moment),
            *await interactions_of(self.store, Employee, ids_of("Employee", floors), self.moment),
        ]
        distinct = {row["interaction_id"]: row for row in met}.values()
        ties = list(self._ties(distinct))
        await self._ask_who_was_active(ties)
        rows = [row for tie in ties for row in self._rows(tie, floors)]
        return sorted(rows, key=lambda row: (row["kind"], row["id"], row["other_kind"], row["other_id"]))

    def _ties(self, rows: Collection[Row]) -> Iterable[Tie]:
        if not rows:
            return ()
        table = fold.pairs(fold.frame(participations(rows)))
        return fold.ties(table, self.moment, self.parameters.calibration)

    def _rows(self, tie: Tie, floors: Mapping[str, float]) -> Iterable[Row]:
        """The tie as `path.ties` has it, from each end that was asked for; other ends lack interactions."""
        ends = ((tie.start_kind, tie.start_id), (tie.end_kind, tie.end_id))
        for (kind, one), (other_kind, other) in (ends, ends[::-1]):
            floor = floors.get(f"{kind}:{one}")
            left = other_kind == "Employee" and not self.active.get(other, True)
            if floor is None or left or tie.raw < LEAST_RAW or tie.strength < floor:
                continue
            held = f"{tie.start_kind}:{tie.start_id} {tie.end_kind}:{tie.end_id}"
            self.found[held] = tie
            yield {
                "kind": kind, "id": one, "other_kind": other_kind, "other_id": other,
                "strength": tie.strength, "fact_id": held,
            }  # fmt: skip

    async def _ask_who_was_active(self, ties: Iterable[Tie]) -> None:
        ends = chain.from_iterable(
            ((tie.start_kind, tie.start_id), (tie.end_kind, tie.end_id)) for tie in ties
        )
        ids = sorted({key for kind, key in ends if kind == "Employee"} - self.active.keys())
        rows = await self.store.read("tie.employees", ids=ids) if ids else []
        values = await own_values_as_of(self.store, Employee, ids, self.moment)
        self.active |= {row["employee_id"]: values.of(row)["active"] is not False for row in rows}

    async def unreachable(self, contact_ids: Collection[str]) -> Collection[str]:
        """Those who had left, as it was known that day, or refused contact then, or refuse it today.

        The day's ways are shown to people of today, so that a wish that was uttered since holds for them too.
        """
        ids = sorted(contact_ids)
        gone = await unreachable_in_graph(self, ids, NEVER) | await self._departed(ids)
        return gone | await self._unwilling(ids)

    async def _unwilling(self, contact_ids: Sequence[str]) -> set[str]:
        """Those who refuse contact today, and those of whom a source row said so that day."""
        rows = await self.store.read(
            "path.unwilling", contact_ids=contact_ids, as_of=self.now.isoformat(), viewer=self.viewer
        )
        then = await own_values_as_of(self.store, Contact, contact_ids, self.moment)
        refused = {key for key in contact_ids if any(map(_refuses, then.said(key)))}
        return {row["contact_id"] for row in rows} | refused

    async def _departed(self, contact_ids: Sequence[str]) -> set[str]:
        if "departures" in self.parameters.off:
            return set()
        jobs = await self.store.read(
            "path.jobs", contact_ids=contact_ids, as_of=self.moment.isoformat(), viewer=self.viewer
        )
        found = await departures_as_of(self.store, {job["customer_id"] for job in jobs}, self.moment)
        return {
            job["contact_id"]
            for job in jobs
            for fact in of_past(job["departures"], found.get((job["contact_id"], job["customer_id"]), ()))
            if fact["confidence"] >= SURE and fact["moved_to"] is None
        }

    async def told(self, paths: Paths, facts: Facts) -> Mapping[str, Row]:
        """What the ties on the paths rested on."""
        pairs = {pair for _, path in paths for pair in pairwise(path)} & facts.keys()
        return {facts[pair]: _told(self.found[facts[pair]]) for pair in pairs}

    async def people(self, typed: Collection[str]) -> tuple[Sequence[Row], Sequence[Row]]:
        """The people with the names, roles and companies' names of the day."""
        employees, contacts = await people_in_graph(self, typed)
        ours = await own_values_as_of(self.store, Employee, ids_of("Employee", typed), self.moment)
        theirs = await names_as_of(
            self.store, Contact, {one["person_id"]: one["name"] for one in contacts}, self.moment
        )
        jobs = {job["customer_id"]: job["company"] for one in contacts for job in one["jobs"]}
        firms = await names_as_of(self.store, Customer, jobs, self.moment)

        def employee(row: Row) -> Row:
            own = ours.of({"employee_id": row["person_id"], "name": row["name"], "role": row["title"]})
            return {"person_id": row["person_id"], "name": own["name"], "title": own["role"]}

        def contact(row: Row) -> Row:
            held = [{**job, "company": firms[job["customer_id"]]} for job in row["jobs"]]
            return {**row, "name": theirs[row["person_id"]], "jobs": held}

        return [employee(one) for one in employees], [contact(one) for one in contacts]


def _refuses(said: Mapping[str, Any]) -> bool:
    """Whether a source row marked its person `do_not_contact`, as `may_be_contacted` reads it."""
    return str(said.get("x_do_not_contact")).lower() in {"true", "yes", "1"}


def _told(tie: Tie) -> Row:
    return {"interactions": tie.interactions, "last_at": tie.last_at, "evidence": list(tie.evidence)}
