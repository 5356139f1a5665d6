"""Facts to confirm: who decides on a deal, who reports to whom; by the deal's value × the uncertainty."""

from collections.abc import Iterator, Mapping, Sequence

from graph.day.asking import Asked
from graph.day.model import Candidate, Subject
from graph.day.past import facts_then
from graph.day.rank import urgency
from graph.day.texts import reason, steps, word
from graph.day.warnings import deal_values
from graph.service import GraphStore, Row

LINE_SEVERITY = 0.5
"""A reporting line changes less of an answer than who decides."""
CERTAIN = 0.9
"""From this confidence on nobody is asked."""


async def question_candidates(store: GraphStore, deals: Sequence[Row], asked: Asked) -> list[Candidate]:
    """What is not sure about the open deals; severity is the uncertainty, 1 where no decider is known."""
    by_id = {row["deal"]["opportunity_id"]: row for row in deals}
    rows = await store.read(
        "day.facts",
        opportunity_ids=list(by_id),
        as_of=asked.span.as_of.isoformat(),
        viewer=asked.employee_id,
    )
    rows = await facts_then(store, rows, asked.span)
    worth = deal_values(deals)
    return [one for row in rows for one in _questions(row, by_id[row["opportunity_id"]], asked, worth)]


def _questions(known: Row, deal: Row, asked: Asked, worth: Mapping[str, float]) -> Iterator[Candidate]:
    deciders = _deciders(known)
    if not deciders:
        yield _asked("confirm_nobody", deal, asked, worth, 1.0)
    elif all(one["basis"] == "inferred" and one["confidence"] < CERTAIN for one in deciders):
        yield _asked("confirm_decider", deal, asked, worth, 1.0 - deciders[0]["confidence"], deciders[0])
    for line in sorted(known["lines"], key=lambda one: (one["contact_id"], one["superior_id"])):
        if line["confidence"] < CERTAIN:
            unsure = LINE_SEVERITY * (1.0 - line["confidence"])
            yield _asked("confirm_superior", deal, asked, worth, unsure, line)


def _deciders(known: Row) -> Sequence[Row]:
    """Whom an answer would confirm or replace: the decision maker, else who else decides.

    A stated economic buyer says nothing of the decision maker: the one that a title makes likely is asked
    for.
    """
    known_to_decide = [
        [one for one in rows if one["role"] == "decision_maker"]
        for rows in (known["on_deal"], known["on_account"])
    ]
    on_deal, on_account = known_to_decide
    return on_deal or on_account or known["on_deal"] or known["on_account"]


def _asked(
    name: str, row: Row, asked: Asked, worth: Mapping[str, float], unsure: float, person: Row | None = None
) -> Candidate:
    deal = row["deal"]
    someone = word("someone", asked.language)
    said = {
        "deal": deal["name"] or deal["opportunity_id"],
        "person": (person or {}).get("name") or someone,
        "superior": (person or {}).get("superior") or someone,
        "sure": f"{(person or {}).get('confidence', 0.0):.0%}",
    }
    contact_id = person["contact_id"] if person else None
    return Candidate(
        kind="confirm",
        reason=reason(name, asked.language, **said),
        what_to_do=steps(name, asked.language),
        due=None,
        subject=Subject(
            customer_id=row["customer_id"],
            customer_name=row["customer_name"],
            opportunity_id=deal["opportunity_id"],
            contact_id=contact_id,
        ),
        severity=unsure,
        value=worth.get(deal["opportunity_id"], asked.value(row["customer_id"])),
        urgency=urgency(None, asked.span.as_of),
        evidence=(
            f"Opportunity:{deal['opportunity_id']}",
            *([f"Contact:{contact_id}"] if contact_id else ()),
        ),
    )
