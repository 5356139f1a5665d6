"""One meaning for every column of a table: each meaning goes to the column that it fits best."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.proposal.candidates import Candidate, candidates
from ingest.proposal.columns.overlap import Overlap
from ingest.proposal.columns.profile import Column
from ingest.proposal.days import with_expected, with_its_day, without_delivered
from ingest.proposal.figures import amounts, due, half_amount, is_total, lines
from ingest.proposal.grain import by_grain
from ingest.proposal.references.goods import with_goods
from ingest.proposal.references.homes import joining_columns, kept_home
from ingest.proposal.references.joins import joined, joins, key_candidate, without_own_fields
from ingest.proposal.references.own_key import own_key
from ingest.proposal.references.references import named_by
from ingest.proposal.rows.named import Held, Named
from ingest.proposal.words.header import part_of_name, readings
from ingest.proposal.words.meaning import NOTHING, Meaning

WITHOUT_VALUES = 0.6
"""What is left of the confidence where only a header speaks."""


Options = dict[str, list[Candidate]]
"""What each column may mean, by its name."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The meaning of a column, how sure it is (0…1), why, and what it names where it names a record."""

    column: Column
    meaning: Meaning
    confidence: float
    reason: str
    named: Named | None = None


def decide(table: Held, others: Sequence[Held], overlap: Overlap) -> list[Decided]:
    """The columns of a table in their order, with their meanings."""
    key = own_key(table, others, overlap)
    found = [one for one in named_by(table, others, overlap) if key is None or one.column is not key]
    found = with_goods(table, without_own_fields(found, table.record), key)
    options = _options(table, found)
    if key is not None:
        options[key.name].insert(0, key_candidate(key, table, others, overlap))
    joining = joining_columns(found, options)
    options = {name: kept_home(name, some, table, joining) for name, some in options.items()}
    options = _with_figures(options, table, key, _goods(found, options))
    options = _with_days(options, table)
    chosen = with_its_day(table, _matched(table, options))
    by_column = {one.column.name: one for one in found}
    return [_decided(column, chosen[column.name], options[column.name], table, by_column.get(column.name))
            for column in table.profile.columns]  # fmt: skip


def _options(table: Held, found: Sequence[Named]) -> Options:
    """What each column may mean by its header and values, and by the records that columns name."""
    labels = list(dict.fromkeys(one.label for one in found))
    held = [label for label in labels if all(one.held is not None for one in found if one.label == label)]
    options = {
        column.name: candidates(column, table.record, labels, held) for column in table.profile.columns
    }
    for one in joins(found, table, labels):
        options[one.column.name].insert(0, one.candidate)
    return options


def _goods(found: Sequence[Named], options: Options) -> Column | None:
    """The column that names the product of the row."""
    return next((one.column for one in found if one.label == "Product" and joined(one, options)), None)


def _with_figures(options: Options, table: Held, key: Column | None, goods: Column | None) -> Options:
    """What columns may mean, with what figures tell: rows that add up, multiply or are of one record."""
    summed = dict(amounts(table.profile, table.record)) | dict(lines(table, key, goods))
    for name, told in (summed | dict(due(table))).items():
        options[name].insert(0, told)
    if summed:
        options = {name: [one for one in some if not half_amount(one)] for name, some in options.items()}
    return {
        name: some if is_total(summed.get(name)) else by_grain(name, some, table, key, goods)
        for name, some in options.items()
    }


def _with_days(options: Options, table: Held) -> Options:
    """What columns may mean, with what the days of orders and deals tell."""
    if table.record.label == "Order":
        return without_delivered(options, table)
    return with_expected(options, table) if table.record.label == "Opportunity" else options


def _matched(table: Held, options: Mapping[str, list[Candidate]]) -> dict[str, Candidate]:
    """Each column its best meaning that no better column has; parts of a name share theirs."""
    pairs = [
        (one.score, -place, name, one) for place, (name, some) in enumerate(options.items()) for one in some
    ]
    said = {column.name: column.said for column in table.profile.columns}
    chosen: dict[str, Candidate] = {}
    taken: dict[str, list[str]] = {}
    for _, _, name, one in sorted(pairs, key=lambda pair: pair[:2], reverse=True):
        if name in chosen or not _free(one.meaning, said[name], taken):
            continue
        chosen[name] = one
        taken.setdefault(one.meaning.text, []).append(said[name])
    return {
        column.name: chosen.get(column.name, Candidate(NOTHING, 0.2, "nothing fits"))
        for column in table.profile.columns
    }


def _names_a_person(header: str) -> bool:
    """Whether a header is a word for a person's name, or for its family name beside a given one."""
    return any(one.kind == "Contact" and one.name == "name" and one.score >= 0.99 for one in readings(header))


def _free(meaning: Meaning, name: str, taken: Mapping[str, list[str]]) -> bool:
    if meaning.kind in ("end", "attribute", "none"):
        return True
    holders = taken.get(meaning.text, [])
    if not holders or (meaning.kind == "key" and meaning.link is not None):
        return True
    parts = [part_of_name(one) for one in (name, *holders)]
    known = [part for part in parts if part is not None]
    whole = [one for one, part in zip((name, *holders), parts, strict=True) if part is None]
    if not all(_names_a_person(one) for one in whole):
        return False
    return meaning.name == "name" and bool(known) and len(set(known)) == len(known) and parts.count(None) <= 1


def _decided(
    column: Column, one: Candidate, options: Sequence[Candidate], table: Held, named: Named | None
) -> Decided:
    rival = max((other.score for other in options if other.meaning.text != one.meaning.text), default=0.0)
    sure = min(1.0, one.score) * (1.0 if table.record.named else 0.95)
    sure *= table.record.sure
    if one.score - rival < 0.1:
        sure *= 0.75
    if column.empty:
        sure *= WITHOUT_VALUES
    if named is not None and not named.said and one.meaning.label == named.label:
        sure = min(sure, named.score)  # the header does not say so
    if one.meaning.kind not in ("key", "end") or named is None or one.meaning.label != named.label:
        named = named if one.meaning.kind == "field" and named and named.label == one.meaning.label else None
    return Decided(column, one.meaning, round(max(0.05, min(0.99, sure)), 2), one.reason, named)
