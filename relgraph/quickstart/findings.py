"""What is found in a graph that was loaded and derived: sections of sentences, each with its evidence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, zip_longest
from typing import Any

import orjson

from graph.alert.playbook import Language, message
from graph.alert.rules import KINDS, METHOD
from graph.decision_chain import gaps
from graph.history import History
from graph.quality import Completeness, completeness
from graph.rhythm import Due, Quiet, going_quiet, repeat_purchases_due
from graph.service import Row
from graph.sql import statement
from graph.sql.run import rows
from graph.store import Store
from relgraph.page.texts import text
from relgraph.quickstart.doubled import LinkedOnce, doubled_findings
from relgraph.quickstart.finding import Finding

TOP = 10
MISSING = 0.05
"""Share of records without a value beyond which a field is told of."""
WORTH_FILLING = 0.95
"""A field that fewer records lack than this share is one that the source keeps."""
EXPECTED = ("Order", "Contact", "Interaction", "Ticket", "Invoice", "Opportunity")


@dataclass(frozen=True, slots=True)
class Findings:
    """All findings by section, and how complete the records are."""

    sections: dict[str, list[Finding]]
    quality: list[Completeness]

    @property
    def top(self) -> list[Finding]:
        """The first ten, taken from the sections in turn; missing values come last."""
        told = [self.sections[name] for name in ("doubled", "quiet", "due", "decider", "alerts", "people")]
        turns = chain.from_iterable(zip_longest(*told))
        return [one for one in (*turns, *self.sections["gap"]) if one is not None][:TOP]


def gather(store: Store, history: History, linked: LinkedOnce, now: datetime, language: Language) -> Findings:
    """All findings at the company's now."""
    views = history.connection
    parties = {row["customer_id"]: row for row in rows(views, statement("party.customers"))}
    quality = completeness(views)
    sections = {
        "doubled": list(doubled_findings(linked, language)),
        "quiet": [_quiet(one, language) for one in going_quiet(views, now)],
        "due": [_due(one, language) for one in repeat_purchases_due(views, now)],
        "decider": list(_without_decider(store, parties, language)),
        "people": list(_without_people(parties, language)),
        "alerts": list(_alerts(store, parties, language)),
        "gap": [_gap(one, language) for one in _missing(quality)],
        "absent": list(_absent(quality, language)),
    }
    return Findings(sections, quality)


def _quiet(one: Quiet, language: Language) -> Finding:
    says = text(
        "quiet_says", language, name=one.name or one.customer_id, silent=one.silent, last=one.last_on.date(),
        longest=one.longest, usual=round(one.usual), days=one.days,
    )  # fmt: skip
    return Finding("quiet", says, (f"Customer:{one.customer_id}",))


def _due(one: Due, language: Language) -> Finding:
    says = text(
        "due_says", language, name=one.name or one.customer_id, product=one.product_name or one.product_id,
        usual=round(one.usual), days=one.days, last=one.last_on.date(), due=one.due_on.date(),
    )  # fmt: skip
    return Finding("due", says, (f"Customer:{one.customer_id}", f"Product:{one.product_id}"))


def _without_decider(store: Store, parties: Mapping[str, Row], language: Language) -> Iterator[Finding]:
    for row in store.read("alert.standing", kind="no_decision_maker", method=gaps.METHOD):
        party = parties.get(row["customer_id"])
        if party is not None and party["contacts"]:
            says = text("decider_says", language, name=party["name"], contacts=party["contacts"])
            yield Finding("decider", says, (f"Customer:{party['customer_id']}",))


def _without_people(parties: Mapping[str, Row], language: Language) -> Iterator[Finding]:
    """One finding for all of them: an account where nobody is known is a gap of the data before all."""
    empty = [customer for customer, party in parties.items() if not party["contacts"]]
    if 0 < len(empty) < len(parties):
        says = text("people_says", language, count=len(empty), customers=len(parties))
        yield Finding("people", says, tuple(f"Customer:{customer}" for customer in empty[:TOP]))


def _alerts(store: Store, parties: Mapping[str, Row], language: Language) -> Iterator[Finding]:
    for kind in KINDS:
        for row in store.read("alert.standing", kind=kind, method=METHOD):
            if party := parties.get(row["customer_id"]):
                said = message(kind, orjson.loads(row["figures"]), language)
                says = text("alerts_says", language, name=party["name"], message=said)
                yield Finding("alerts", says, (f"Customer:{party['customer_id']}", *(row["evidence"] or ())))


def _missing(quality: Iterable[Completeness]) -> Sequence[Completeness]:
    """Fields that most records have and some lack, most of the missing first."""
    found = [one for one in quality if MISSING < 1 - one.share < WORTH_FILLING]
    return sorted(found, key=lambda one: one.filled - one.records)


def _gap(one: Completeness, language: Language) -> Finding:
    missing = one.records - one.filled
    says = text(
        "gap_says", language, label=one.label, field=one.field, missing=missing, records=one.records,
        share=round(100 * missing / one.records),
    )  # fmt: skip
    return Finding("gap", says)


def _absent(quality: Iterable[Completeness], language: Language) -> Iterator[Finding]:
    there = {one.label for one in quality}
    for label in EXPECTED:
        if label not in there:
            yield Finding("absent", text(f"absent_{label}", language))


def as_dict(findings: Findings) -> dict[str, Any]:
    """As plain values, for JSON."""

    def told(one: Finding) -> dict[str, Any]:
        return {"kind": one.kind, "says": one.says, "evidence": list(one.evidence)}

    return {
        "top": [told(one) for one in findings.top],
        "sections": {name: [told(one) for one in found] for name, found in findings.sections.items()},
        "quality": [
            {"label": one.label, "field": one.field, "records": one.records, "filled": one.filled}
            for one in findings.quality
        ],
    }
