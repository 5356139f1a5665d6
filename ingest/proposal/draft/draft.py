"""The mapping that a proposal stands for: datasets with nodes and links as `relgraph ingest` reads them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graph.model import NODES
from ingest.mapping.fields import field_names, required_fields
from ingest.mapping.kinds import ITEM
from ingest.proposal.assign import Decided
from ingest.proposal.columns.overlap import depends, numbered
from ingest.proposal.columns.profile import NULLS
from ingest.proposal.columns.tables import words_of
from ingest.proposal.columns.value_rules import Rule, rule_for
from ingest.proposal.columns.values import channel_words
from ingest.proposal.columns.values import words_of as listed_words
from ingest.proposal.draft.books import in_books
from ingest.proposal.draft.cancelled import cancelled
from ingest.proposal.draft.consents import consents, purposes
from ingest.proposal.draft.link_rules import Place, line_amount, links
from ingest.proposal.draft.namesakes import is_called, key_at_customer
from ingest.proposal.draft.own_kinds import declared_kinds, field_name, kind_of
from ingest.proposal.figures import AMOUNTS
from ingest.proposal.proposed import Proposal, Proposed
from ingest.proposal.rows.named import PEOPLE
from ingest.proposal.words.header import part_of_name
from ingest.proposal.words.lexicon import lexicon
from ingest.proposal.words.spelt import attribute_name

SOURCE = "exports"
"""Whose keys they are, where all files number alike."""
SEPARATORS = [";", ",", "、", "，"]
MOST_KEY_COLUMNS = 4
SOUGHT_BY = ("name", "email", "short_name", "tax_id")
"""Fields by which records of other tables are found that are not found by their keys."""
NUMBERS = 0.95
"""Share of numbers from which a column's cells are added up."""


def mapping_of(proposal: Proposal) -> dict[str, Any]:
    """The mapping as nested values, without comments; its datasets in the order of the files."""
    names = dataset_names(proposal)
    sources = _sources(proposal)
    lists = {names[one.table.name] for one in proposal.tables if one.codes}
    datasets: dict[str, dict[str, Any]] = {}
    for one in proposal.tables:
        name = names[one.table.name]
        if one.codes:
            datasets[name] = one.table.dataset.model_dump(exclude_defaults=True)
        else:
            made = {**_looked_up(one, names), **_dataset(one, proposal, sources)}
            datasets |= in_books(name, one, made)
    kept = {
        name: dataset
        for name, dataset in datasets.items()
        if dataset.get("nodes") or dataset.get("links") or name in lists
    }
    attributes, kinds = _attributes(proposal), declared_kinds(proposal.tables)
    return {
        "source": SOURCE,
        "null_values": list(NULLS),
        **({"kinds": kinds} if kinds else {}),
        **({"attributes": attributes} if attributes else {}),
        "datasets": kept or datasets,
    }


def dataset_names(proposal: Proposal) -> dict[str, str]:
    """A name for every table that a mapping may use, each once."""
    names: dict[str, str] = {}
    for one in proposal.tables:
        base = re.sub(r"\.(csv|tsv|txt|xlsx|xlsm|gz)\b", "", one.table.name)
        word = re.sub(r"\W+", "_", base).strip("_").lower() or "table"
        word = word if word.isidentifier() else f"t_{word}"
        count, free = 2, word
        while free in names.values():
            free, count = f"{word}_{count}", count + 1
        names[one.table.name] = free
    return names


def _looked_up(one: Proposed, names: Mapping[str, str]) -> dict[str, Any]:
    """What the names of a table's codes are taken from."""
    codes = {column.name: column.code for column in one.profile.columns if column.code is not None}
    found = [
        {"dataset": names[code.list], "on": {code.header: code.key}, "take": {name: code.name}}
        for name, code in codes.items()
    ]
    return {"lookups": found} if found else {}


def _sources(proposal: Proposal) -> dict[str, str]:
    """By table: whose keys it carries. A second table of a label whose keys are others numbers for itself.

    One of the same columns goes on with an earlier one, such as the sheet of the next month.
    """
    seen: dict[str, set[str]] = {}
    headers: dict[tuple[str, ...], str | None] = {}
    sources: dict[str, str] = {}
    for one in proposal.tables:
        key = _own_key(one)
        label = one.record.label
        if key is None or one.record.lines or one.record.link is not None:
            continue
        values = {value.casefold() for value in key.column.sample}
        header = (label, *(decided.column.name for decided in one.columns))
        if header in headers:
            if (before := headers[header]) is not None:
                sources[one.table.name] = before
        elif label in seen and not values & seen[label] and values:
            sources[one.table.name] = f"{SOURCE}_{len(set(sources.values())) + 2}"
        headers.setdefault(header, sources.get(one.table.name))
        seen.setdefault(label, set()).update(values)
    return sources


def _own_key(one: Proposed) -> Decided | None:
    return next(
        (d for d in one.columns if d.meaning.text == f"{one.record.label} key" and d.named is None), None
    )  # fmt: skip


def _dataset(one: Proposed, proposal: Proposal, sources: Mapping[str, str]) -> dict[str, Any]:
    stated = one.table.dataset.model_dump(exclude_defaults=True)
    if one.table.name in sources:
        stated["source"] = sources[one.table.name]
    places = _places(one, proposal, sources)
    nodes = [
        node for node in (_node(one, place) for place in places.values() if place.made) if node is not None
    ]
    made = {node["label"] for node in nodes}
    usable = {at: place for at, place in places.items() if not place.made or place.label in made}
    rules = list(links(one, usable))
    if nodes and nodes[0]["label"] == "Contact":
        given = consents(one)
        nodes += purposes(given)
        rules += [consent.link for consent in given]
    if nodes and nodes[0]["label"] == one.record.label and (ended := cancelled(one)) is not None:
        stated["deleted"] = ended
    return {**stated, **({"nodes": nodes} if nodes else {}), **({"links": rules} if rules else {})}


def _places(one: Proposed, proposal: Proposal, sources: Mapping[str, str]) -> dict[str, Place]:
    """Every record of a row by the column that names it; the row's own under the empty name."""
    places: dict[str, Place] = {}
    own = _own_key(one)
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
            places[decided.column.name] = _found(decided, label, proposal, _seen_from(one, proposal, sources))
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


def _seen_from(one: Proposed, proposal: Proposal, sources: Mapping[str, str]) -> dict[str, str]:
    """By table: the source that a rule of one table has to name, for its own is another."""
    own = sources.get(one.table.name, SOURCE)
    named = {other.table.name: sources.get(other.table.name, SOURCE) for other in proposal.tables}
    return {name: source for name, source in named.items() if source != own}


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
    own = _own_key(holder)
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
    own = _own_key(holder)
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


def _node(one: Proposed, place: Place) -> dict[str, Any] | None:
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
        named(d.column.name): _over_lines(one, d.column.name) if _is_summed(one, d) else d.column.name
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
    own = _own_key(one)
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
    own = _own_key(one)
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
    own = _own_key(one)
    column = one.profile.by_name.get(stated.get("column", ""))
    if own is None or column is None or depends(column, own.column, one.profile) is not False:
        return rule
    return {**stated, "pick": "sum"}


def _is_summed(one: Proposed, decided: Decided) -> bool:
    """Whether an attribute of a record is of its lines and adds up: a tax or a cost, but no rate."""
    if not one.record.lines or decided.meaning.label != one.record.label:
        return False
    header = "".join(decided.column.name.casefold().split())
    adds_up = any(header == "".join(word.split()) for word in listed_words("adds_up"))
    return adds_up and decided.column.share("number") >= NUMBERS


def _attributes(proposal: Proposal) -> dict[str, dict[str, Any]]:
    """Chinese headers stay with the attributes that are made of them; what is added up is a number."""
    declared: dict[str, dict[str, Any]] = {}
    for one in proposal.tables:
        for decided in one.columns:
            if decided.meaning.kind != "attribute" or decided.meaning.label in (None, ITEM):
                continue
            if decided.column.empty:
                continue
            stated = {} if decided.column.name.isascii() else {"name_zh": decided.column.name}
            if _is_summed(one, decided):
                stated["type"] = "number"
            if stated:
                declared.setdefault(decided.meaning.label, {})[attribute_name(decided.column.name)] = stated
    return declared
