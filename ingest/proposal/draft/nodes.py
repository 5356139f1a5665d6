"""The rule of a record that rows make: its key, fields and attributes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graph.model import NODES
from ingest.mapping.fields import field_names, required_fields
from ingest.mapping.kinds import ITEM
from ingest.proposal.assign import Decided
from ingest.proposal.columns.overlap import depends
from ingest.proposal.columns.tables import words_of
from ingest.proposal.columns.value_rules import Rule, rule_for
from ingest.proposal.columns.values import channel_words
from ingest.proposal.columns.values import words_of as listed_words
from ingest.proposal.draft.link_rules import Place, line_amount
from ingest.proposal.draft.own_kinds import field_name, kind_of
from ingest.proposal.figures import AMOUNTS
from ingest.proposal.proposed import Proposed
from ingest.proposal.rows.named import PEOPLE
from ingest.proposal.words.header import part_of_name
from ingest.proposal.words.lexicon import lexicon
from ingest.proposal.words.spelt import attribute_name

NUMBERS = 0.95
"""Share of numbers from which a column's cells are added up."""


def node_of(one: Proposed, place: Place) -> dict[str, Any] | None:
    """The rule of a record that a row makes; None where the model needs a field that no column has."""
    fields = _with_implied(dict(_fields(one, place.label)), one, place)
    if place.label == one.record.label and one.record.lines and place.label != "Opportunity":
        fields = _of_lines(fields, one)
    missing = required_fields(place.label) - {NODES[place.label].key, *fields}
    if missing - {"name"}:
        return None
    fields |= dict.fromkeys(missing, place.key)
    node = {
        "repeats": _repeats(one, place),
        "fields": fields,
        "attributes": _attributes_of(one, place, fields),
    }
    return {"label": place.label, "key": place.key, **{name: rule for name, rule in node.items() if rule}}


def _with_implied(fields: dict[str, Any], one: Proposed, place: Place) -> dict[str, Any]:
    """The fields of a record with those that no column of their own has: what its key, its file or its
    stage tells of it."""
    known = field_names(place.label)
    implied: dict[str, Any] = {}
    if "name" in known and place.called is not None:
        implied["name"] = place.called
    if place.label in PEOPLE and isinstance(place.key, dict) and place.key.get("clean") == "email":
        implied["email"] = place.key
    if place.label == "Interaction":
        implied["channel"] = {"constant": _channel(one)}
    if "outcome" in known:
        implied |= _outcome_of_stage(one, place.label)
    added = {name: rule for name, rule in implied.items() if name not in fields}
    kind = {"kind": {"constant": kind_of(one)}} if place.label == ITEM else {}
    return fields | added | kind


def _of_lines(fields: dict[str, Any], one: Proposed) -> dict[str, Any]:
    """The fields of a record whose lines stand in rows: amounts that differ within it are summed."""
    summed = {name: _over_lines(one, fields[name]) for name in AMOUNTS if name in fields}
    return fields | summed | ({} if "amount" in fields else _summed(one))


def _attributes_of(one: Proposed, place: Place, fields: Mapping[str, Any]) -> dict[str, Rule]:
    """The attributes of a record, by their names."""
    named = field_name if place.label == ITEM else attribute_name
    return {
        named(d.column.name): _over_lines(one, d.column.name) if is_summed(one, d) else d.column.name
        for d in one.columns
        if _is_attribute(d, place.label, fields) and not d.column.empty
    }


def _is_attribute(decided: Decided, label: str, fields: Mapping[str, Any]) -> bool:
    """Whether a column is kept as an attribute: as one, or because its field takes no size in steps."""
    meaning = decided.meaning
    if meaning.text == f"{label} attribute":
        return True
    unread = meaning.kind == "field" and meaning.label == label and meaning.name not in fields
    return unread and decided.column.is_mostly("range")


def _outcome_of_stage(one: Proposed, label: str) -> dict[str, Any]:
    """What came of a deal, where only its stage says so: `Closed Won`, 输单."""
    staged = next((column for column in one.columns if column.meaning.text == f"{label} stage"), None)
    rule = None if staged is None else rule_for(label, "outcome", staged.column)
    return {"outcome": rule} if isinstance(rule, dict) else {}


def _repeats(one: Proposed, place: Place) -> str | None:
    own = one.own_key
    if place.label != one.record.label or own is None:
        return "first"
    if own.column.distinct == own.column.filled:
        return None
    return "last" if NODES[place.label].mutable and not one.record.lines else "first"


def _fields(one: Proposed, label: str) -> Iterator[tuple[str, Any]]:
    found: dict[str, list[Decided]] = {}
    for decided in one.columns:
        if decided.meaning.kind == "field" and decided.meaning.label == label and decided.meaning.name:
            found.setdefault(decided.meaning.name, []).append(decided)
    own = one.own_key
    if (
        own is not None
        and label == one.record.label
        and label in PEOPLE
        and "email" not in found
        and own.column.is_mostly("email")
    ):
        yield "email", {"column": own.column.name, "clean": "email"}
    for name, columns in found.items():
        rule = (
            _name(columns)
            if name == "name" and len(columns) > 1
            else rule_for(label, name, columns[0].column)
        )
        if rule is not None:
            yield name, rule


def _name(columns: Sequence[Decided]) -> Rule:
    """A whole name where there is one, else its parts."""
    parts = {part_of_name(one.column.said): one.column.name for one in columns}
    whole = next((one for one in columns if part_of_name(one.column.said) is None), None)
    given, family = parts.get("given"), parts.get("family")
    if given and family:
        return {"person": {"given": given, "family": family}}
    if whole is not None and (given or family):
        return {"person": {"given": given or whole.column.name, "family": family or whole.column.name}}
    return columns[0].column.name


def _channel(one: Proposed) -> str:
    """The channel of interactions: mail where senders have addresses, else what the file's name tells of."""
    if any(d.meaning.part == "from" and d.column.is_mostly("email") for d in one.columns):
        return "email"
    words = "".join(f" {word} " for word in lexicon().tokens(words_of(one.table))).replace("  ", " ")
    dense = words.replace(" ", "")
    for channel, known in channel_words().items():
        if any((f" {word} " in words) if word.isascii() else word in dense for word in known):
            return channel
    return "other"


def _summed(one: Proposed) -> dict[str, Any]:
    """The amount of a record as the sum of its lines'."""
    amount = line_amount(one)
    if amount is None:
        return {}
    return {"amount": {**({"column": amount} if isinstance(amount, str) else amount), "pick": "sum"}}


def _over_lines(one: Proposed, rule: Rule) -> Rule:
    """A record's figure as it stands; as the sum of its lines' where these differ within a record."""
    stated = {"column": rule} if isinstance(rule, str) else rule
    own = one.own_key
    column = one.profile.by_name.get(stated.get("column", ""))
    if own is None or column is None or depends(column, own.column, one.profile) is not False:
        return rule
    return {**stated, "pick": "sum"}


def is_summed(one: Proposed, decided: Decided) -> bool:
    """Whether an attribute of a record is of its lines and adds up: a tax or a cost, but no rate."""
    if not one.record.lines or decided.meaning.label != one.record.label:
        return False
    header = "".join(decided.column.name.casefold().split())
    adds_up = any(header == "".join(word.split()) for word in listed_words("adds_up"))
    return adds_up and decided.column.share("number") >= NUMBERS
