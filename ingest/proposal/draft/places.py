"""The records of a row: its own, those that it makes of columns, and those that other tables hold."""

import re
from collections.abc import Mapping

from ingest.mapping.fields import field_names
from ingest.proposal.assign import Decided
from ingest.proposal.columns.overlap import numbered
from ingest.proposal.columns.value_rules import Rule
from ingest.proposal.draft.link_rules import Place
from ingest.proposal.draft.namesakes import is_called, key_at_customer
from ingest.proposal.draft.sources import seen_from
from ingest.proposal.proposed import Proposal, Proposed
from ingest.proposal.rows.named import PEOPLE

SEPARATORS = [";", ",", "、", "，"]
MOST_KEY_COLUMNS = 4
SOUGHT_BY = ("name", "email", "short_name", "tax_id")
"""Fields by which records of other tables are found that are not found by their keys."""


def places_of(one: Proposed, proposal: Proposal, sources: Mapping[str, str]) -> dict[str, Place]:
    """Every record of a row by the column that names it; the row's own under the empty name."""
    places: dict[str, Place] = {}
    own = one.own_key
    record = one.record
    if record.link is None and not _held_elsewhere(one):
        if own is not None:
            places[""] = _made(one, own, record.label)
        elif (key := _composed(one)) is not None:
            places[""] = Place(record.label, key, made=True)
    for decided in one.columns:
        label = decided.meaning.label
        if label is None or decided is own:
            continue
        if decided.meaning.kind == "end":
            places[decided.column.name] = _found(decided, label, proposal, seen_from(one, proposal, sources))
        elif decided.meaning.kind == "key":
            several = decided.column.is_mostly("email") and any(
                ";" in value or "," in value for value in decided.column.sample
            )
            if several:
                sender = _label_of_senders(one) or label
                places[decided.column.name] = Place(
                    sender, None, ("email", {"column": decided.column.name, "clean": "email"}),
                    mixed=decided.meaning.link == "PARTICIPATED_IN",
                )  # fmt: skip
            else:
                places[decided.column.name] = _made(one, decided, label)
    return places


def _made(one: Proposed, decided: Decided, label: str) -> Place:
    """A record that the row makes of the column that is its key."""
    name = decided.column.name
    key = key_at_customer(one, decided) or _cleaned(decided, name)
    return Place(label, key, made=True, called=name if is_called(decided) else None)


def _label_of_senders(one: Proposed) -> str | None:
    """What the row makes of who wrote: cells with several addresses find people among them."""
    senders = (d for d in one.columns if d.meaning.kind == "key" and d.meaning.part == "from")
    return next((d.meaning.label for d in senders), None)


def _cleaned(decided: Decided, key: Rule) -> Rule:
    """A key that is a mail address is its bare form; the number of a message only looks like one."""
    if decided.meaning.label in PEOPLE and decided.column.is_mostly("email"):
        return {"column": decided.column.name, "clean": "email"}
    return key


def _held_elsewhere(one: Proposed) -> bool:
    """Whether the record of the lines is another table's."""
    return one.record.lines and any(
        d.meaning.kind == "end" and d.meaning.label == one.record.label for d in one.columns
    )


def _composed(one: Proposed) -> Rule | None:
    """A key out of several columns, where none is one: those that are filled in every row."""
    filled = [d.column for d in one.columns if d.column.share_filled >= 0.995 and d.column.mean_length < 60]
    telling = sorted(filled, key=lambda column: (-column.distinct, column.position))[:MOST_KEY_COLUMNS]
    names = [column.name for column in telling if not re.search(r"[{}]", column.name)]
    return {"template": "/".join(f"{{{name}}}" for name in names)} if names else None


def _found(decided: Decided, label: str, proposal: Proposal, sources: Mapping[str, str]) -> Place:
    """A record that another table holds, by its key there, or by the field with these values."""
    named = decided.named
    if named is None or named.held is None:
        return Place(label, _listed(decided))
    holder = next((one for one in proposal.tables if one.profile is named.held), None)
    source = sources.get(holder.table.name) if holder else None
    owned = holder is not None and any(d.meaning.link == "OWNS" for d in holder.columns)
    field = named.by if holder is None else _sought_by(decided, holder, named.there, named.by, label)
    if field not in SOUGHT_BY or field not in field_names(label):
        return Place(label, _listed(decided), source=source, owned=owned)
    mixed = field == "email" and decided.meaning.link == "PARTICIPATED_IN" and _has_several(decided)
    return Place(label, None, (field, _sought(decided, field)), owned=owned, mixed=mixed)


def _sought_by(
    decided: Decided, holder: Proposed, there: str | None, by: str | None, label: str
) -> str | None:
    """The field by which the other table's records are found; None for their key."""
    own = holder.own_key
    if there is None and _by_address(decided, holder, label):
        return "email"
    if own is not None and key_at_customer(holder, own) and there in (None, own.column.name):
        return "name"
    return _field_there(holder, there, label) if there else by


def _sought(decided: Decided, field: str) -> Rule:
    """The values of a field by which records are found, as a column holds them."""
    column = decided.column
    if field != "email":
        return column.name
    if not _has_several(decided):
        return {"column": column.name, "clean": "email"}
    signs = [sign for sign in SEPARATORS if any(sign in cell for cell in column.sample)]
    named = any("<" in cell for cell in column.sample)
    return {"column": column.name, "split": signs, **({"clean": "email"} if named else {})}


def _by_address(decided: Decided, holder: Proposed, label: str) -> bool:
    """Whether a column of mail addresses finds people who are numbered and have an address, too."""
    if label not in PEOPLE or not decided.column.is_mostly("email"):
        return False
    own = holder.own_key
    addressed = any(d.meaning.text == f"{label} email" for d in holder.columns)
    return addressed and own is not None and not own.column.is_mostly("email")


def _field_there(holder: Proposed, column: str, label: str) -> str | None:
    """Which field of its record the other table's column is; None for its key."""
    meaning = next((d.meaning for d in holder.columns if d.column.name == column), None)
    return (
        meaning.name if meaning is not None and meaning.kind == "field" and meaning.label == label else None
    )


def _has_several(decided: Decided) -> bool:
    return any(re.search(r"[;,、，]", value) for value in decided.column.sample)


def _listed(decided: Decided) -> Rule:
    """The key's column; split where a cell holds several keys (of mail addresses all are taken anyway)."""
    if not decided.column.is_mostly("email") and any(";" in value for value in decided.column.sample):
        return {"column": decided.column.name, "split": [";"]}
    if any(map(numbered, decided.column.sample)):
        return {"column": decided.column.name, "clean": "reference"}
    return _cleaned(decided, decided.column.name)
