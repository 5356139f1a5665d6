"""The day that a record must have, where its column is headed by another word than those for it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.mapping.fields import required_fields
from ingest.mapping.kinds import ITEM
from ingest.proposal.candidates import Candidate
from ingest.proposal.columns.profile import Column
from ingest.proposal.records.by_fields import type_of_safe
from ingest.proposal.rows.named import Held
from ingest.proposal.words.header import readings, untold
from ingest.proposal.words.meaning import Meaning
from ingest.reading.choice import folded, vocabulary

ALWAYS = 0.9
"""Share of rows with a day from which it may be the one that each record has."""
WHOLLY = 0.99
"""Score of a header without a further word."""
MAY_BE = 0.74
"""Score from which a header may say that a day is that of the delivery."""
EARLIER = ("ordered_at", "promised_at")
"""Days of an order before its delivery."""
ONLY, FIRST = 0.9, 0.6
"""What it counts that a day is the only one of the row, and that it is the first of several."""
BEGUN = ("created_at", "opened_at", "ordered_at")
"""Days on which a record came into being."""
ELSEWHERE = 0.75
"""Score from which a header says what has no field."""
HALF = 0.5
"""Score of a header of which one word says that the day is a later one: `warranty until`."""
LATER = frozenset({"promised_at", "due_at", "expected_at", "ends_at", "valid_until", "closed_at"})
"""What is promised, due or expected has not happened."""


def without_delivered(options: Mapping[str, Sequence[Candidate]], table: Held) -> dict[str, list[Candidate]]:
    """The candidates of an order's columns: beside a day that is plainly that of the order, or plainly the
    promised one, a day whose header may also mean the delivery is neither: 下单日期 and 送货日期."""
    said = {column.name: column.said for column in table.profile.columns}
    delivered = {name for name in options if _says(said[name], "delivered_at", MAY_BE)}
    kept = {name: list(some) for name, some in options.items()}
    for day in EARLIER:
        if any(
            _says(said[name], day, WHOLLY) and _is_day(options[name], day)
            for name in options.keys() - delivered
        ):
            kept = {
                name: [one for one in some if name not in delivered or one.meaning.name != day]
                for name, some in kept.items()
            }
    return kept


def with_expected(options: Mapping[str, Sequence[Candidate]], table: Held) -> dict[str, list[Candidate]]:
    """The candidates of a deal's columns: a day of closing that open deals have as well, where no header is a
    word for the expected one, is the day that is expected."""
    kept = {name: list(some) for name, some in options.items()}
    if any(_is_day(some, "expected_at") for some in kept.values()) or not _has_open(table):
        return kept
    always = {one.name for one in table.profile.columns if one.share_filled >= ALWAYS}
    return {name: [_expected(one) for one in some] if name in always else some for name, some in kept.items()}


def _expected(one: Candidate) -> Candidate:
    if one.meaning.text != "Opportunity closed_at":
        return one
    meaning = Meaning("field", "Opportunity", None, "expected_at")
    return replace(one, meaning=meaning, reason=f"{one.reason}; open deals have it, too")


def _has_open(table: Held) -> bool:
    """Whether a column of steps names one that is neither won nor lost, beside one that is: where no end is
    known by its word, neither is what goes on."""
    return any(
        one.kind == "Opportunity" and one.name == "stage" and one.score >= ELSEWHERE
        and {_is_end(value) for value in column.sample} == {True, False}
        for column in table.profile.columns
        for one in readings(column.said)
    )  # fmt: skip


def _is_end(stage: str) -> bool:
    """Whether a step is one of a sale that has ended: 已流失 says 流失."""
    ends = {word for word, outcome in vocabulary()["outcome"].items() if outcome in ("won", "lost")}
    said = folded(stage)
    parts = {word for word in ends if not word.isascii() and len(word) > 1 and word in said}
    return bool(parts) or not ends.isdisjoint((said, *said.split()))


def _says(header: str, day: str, least: float) -> bool:
    return any(one.kind == "Order" and one.name == day and one.score >= least for one in readings(header))


def _is_day(options: Sequence[Candidate], day: str) -> bool:
    """Whether the values of a column let it be that day."""
    return any(one.meaning.name == day and one.score >= MAY_BE for one in options)


def with_its_day(table: Held, chosen: Mapping[str, Candidate]) -> dict[str, Candidate]:
    """With the day that such a record must have, where no header is a word for it: the only day of the row,
    else the first that nothing else is told of."""
    label = table.record.label
    days = [name for name in required_fields(label) if type_of_safe(label, name) == "datetime"]
    days = days or ["created_at"] * (label == ITEM)
    told = {one.meaning.name for one in chosen.values() if one.meaning.kind == "field"}
    dated = [one for one in table.profile.columns if one.is_mostly("date") and one.share_filled >= ALWAYS]
    if table.record.link or len(days) != 1 or days[0] in told:
        return dict(chosen)
    found = _only(dated, chosen) or _first(dated, chosen)
    if found is None:
        return dict(chosen)
    column, score = found
    why = "it is the only day of the row" if len(dated) == 1 else "it is the first day of the row"
    return {**chosen, column.name: Candidate(Meaning("field", label, None, days[0]), score, why)}


def _only(dated: list[Column], chosen: Mapping[str, Candidate]) -> tuple[Column, float] | None:
    """The one day of the row, where its header does not say that it is another."""
    if len(dated) != 1:
        return None
    only = dated[0]
    said = chosen[only.name].meaning.name == "delivered_at" or untold(only.said) or _says_begun(only.said)
    return (only, ONLY) if said else None


def _first(dated: list[Column], chosen: Mapping[str, Candidate]) -> tuple[Column, float] | None:
    """The first day that is only an attribute and whose header says neither that nor a later day."""
    free = (one for one in dated if chosen[one.name].meaning.kind == "attribute" and not _is_later(one))
    first = next(free, None)
    return None if first is None else (first, FIRST)


def _is_later(column: Column) -> bool:
    return any(
        one.score >= (HALF if one.name in LATER else ELSEWHERE)
        for one in readings(column.said)
        if one.said in ("attribute", "technical") or one.name in LATER
    )


def _says_begun(header: str) -> bool:
    """Whether a header is a word for when something was made: a payment that was created was paid."""
    return any(one.name in BEGUN and one.score >= WHOLLY for one in readings(header))
