"""Faults of a mapping that its form alone does not show: names of labels, fields, ends and datasets."""

from collections.abc import Iterator, Sequence

from graph.model import FACTS, NODES, PARTS
from graph.sentences import suggestion
from ingest.mapping.fields import RESERVED, field_names, link_fields, required_fields
from ingest.mapping.kinds import ITEM, constant_kind, having, possible_kinds
from ingest.mapping.model import Dataset, Mapping
from ingest.mapping.patterns import FORMATS, is_iso, is_regex, is_time_pattern, is_zone
from ingest.mapping.places import Path
from ingest.mapping.pull_checks import pull_faults
from ingest.mapping.rules import End, LinkRule, NodeRule
from ingest.mapping.value import Condition, Value
from ingest.reading.country import read_country
from ingest.reading.currency import read_currency
from ingest.reading.errors import NotUnderstood

Fault = tuple[Path, str]

LOADABLE = frozenset(NODES) - {
    "SourceRecord",
    "Alias",
    "Merge",
    "Verdict",
    "Change",
    "InboxEvent",
    "Introduction",
    "Run",
    "Model",
    "RiskScore",
    "Forecast",
    "Recommendation",
    "Alert",
    "AssignmentRule",
    "Profile",
    "ItemKind",
    "QualityMeasurement",
}
"""Labels that a mapping may make; the rest belong to the system."""


GIVEN = frozenset({"start_id", "end_id", "valid_from", "source", "line"})
"""Required by the model but given by ends, dates, source or numbering."""
OWN_NAMES = frozenset({"kind", "name", "created_at", "relation"})
"""What every item has, or every condition on items asks for, so that no kind can declare it anew."""
LINKS = frozenset([*FACTS, *PARTS]) - RESERVED
"""Relationship types that a mapping may make."""


def faults_of(mapping: Mapping) -> list[Fault]:
    """Every fault with the path of the key it belongs to."""
    return [
        *_attribute_faults(mapping),
        *_kind_faults(mapping),
        *_currency_faults(mapping),
        *_rate_faults(mapping),
        *_date_faults(mapping, ()),
        *_dataset_faults(mapping),
        *pull_faults(mapping),
    ]


def _currency_faults(mapping: Mapping) -> Iterator[Fault]:
    stated: list[tuple[Path, str | None]] = [(("currency",), mapping.currency)]
    if mapping.rates is not None:
        stated.append((("rates", "to"), mapping.rates.to))
        stated += [(("rates", "dated", i), rate.currency) for i, rate in enumerate(mapping.rates.dated)]
    for name, dataset in mapping.datasets.items():
        for index, node in enumerate(dataset.nodes):
            value = node.fields.get("currency")
            at: Path = ("datasets", name, "nodes", index, "fields", "currency")
            stated += [(at, text) for text in (value.constant, value.default) if text] if value else []
    for at, text in stated:
        if text is not None and not _is_currency(text):
            yield at, f"`{text}` is no currency; write its ISO 4217 code, such as EUR"


def _is_currency(text: str) -> bool:
    try:
        return bool(read_currency(text))
    except NotUnderstood:
        return False


def _attribute_faults(mapping: Mapping) -> Iterator[Fault]:
    for label in mapping.attributes:
        if label not in LOADABLE:
            yield ("attributes", label), f"unknown label `{label}`{suggestion(label, LOADABLE)}"


def _kind_faults(mapping: Mapping) -> Iterator[Fault]:
    for kind, declared in mapping.kinds.items():
        for name in declared.fields:
            at: Path = ("kinds", kind, "fields", name)
            if name in OWN_NAMES:
                yield at, f"every item has `{name}` without being declared: map it under `fields:`"
            elif not name.isidentifier():
                yield at, f"a field's name is a word of letters, digits and `_`, not `{name}`"


def _item_faults(mapping: Mapping, node: NodeRule, at: Path) -> Iterator[Fault]:
    """Whether an item's kind and what it states are declared."""
    kinds, kind = mapping.kinds, constant_kind(node)
    if node.label != ITEM:
        return
    if kind is not None and kind not in kinds:
        hint = suggestion(kind, kinds) or ": declare it under `kinds:` at the top"
        yield at, f"no kind is called `{kind}`{hint}"
        return
    if not kinds:
        yield at, "items have kinds of your own: declare them under `kinds:` at the top"
        return
    known = {name for one in possible_kinds(kinds, node) for name in kinds[one].fields}
    for name in node.attributes:
        types = {kinds[one].fields[name].type for one in having(kinds, node, name)}
        if name not in known:
            yield (
                (*at, "attributes", name),
                f"{kind or 'any kind'} has no field `{name}`{suggestion(name, known)}",
            )
        elif len(types) > 1:
            yield (*at, "attributes", name), f"kinds declare `{name}` with other types; make a rule for each"


def _dataset_faults(mapping: Mapping) -> Iterator[Fault]:
    for name, dataset in mapping.datasets.items():
        at: Path = ("datasets", name)
        if not name.isidentifier():
            yield at, f"a dataset's name is a word of letters, digits and `_`, not `{name}`"
        if dataset.header is False and dataset.columns is None:
            yield (*at, "header"), "a file without a header row needs `columns:`"
        yield from _date_faults(dataset, at)
        yield from _lookup_faults(mapping, dataset, at)
        yield from _condition_faults(mapping, dataset.where, (*at, "where"))
        yield from _condition_faults(mapping, dataset.deleted, (*at, "deleted"))
        for index, node in enumerate(dataset.nodes):
            yield from _node_faults(mapping, node, (*at, "nodes", index))
        for index, link in enumerate(dataset.links):
            yield from _link_faults(mapping, dataset, link, (*at, "links", index))


def _lookup_faults(mapping: Mapping, dataset: Dataset, at: Path) -> Iterator[Fault]:
    for index, lookup in enumerate(dataset.lookups):
        if lookup.dataset not in mapping.datasets:
            hint = suggestion(lookup.dataset, mapping.datasets)
            yield (*at, "lookups", index, "dataset"), f"no dataset is called `{lookup.dataset}`{hint}"
    brought = dataset.brought - set(dataset.columns or ())
    for index, condition in enumerate(() if dataset.makes_something else dataset.where):
        if condition.column in brought:
            fault = (
                "a dataset that makes nothing leaves out rows by its own columns, before it looks anything up"
            )
            yield (*at, "where", index, "column"), fault


def _rate_faults(mapping: Mapping) -> Iterator[Fault]:
    for index, rate in enumerate(mapping.rates.dated if mapping.rates is not None else ()):
        if not is_iso(rate.since):
            yield ("rates", "dated", index, "from"), f"`{rate.since}` is not an ISO date such as 2024-01-31"


def _date_faults(holder: Mapping | Dataset, at: Path) -> Iterator[Fault]:
    for name in ("valid_from", "exported_at"):
        date = getattr(holder, name)
        if date is not None and not is_iso(date):
            yield (*at, name), f"`{date}` is not an ISO date such as 2024-01-31"
    for form in holder.dates:
        if form not in FORMATS and not is_time_pattern(form):
            hint = suggestion(form, FORMATS)
            yield (*at, "dates"), f"`{form}` is neither a date format nor a strptime pattern{hint}"
    if holder.timezone is not None and not is_zone(holder.timezone):
        yield (*at, "timezone"), f"unknown time zone `{holder.timezone}`"
    if holder.country is not None and read_country(holder.country) is None:
        yield (*at, "country"), f"`{holder.country}` is no country: write its code, such as DE, or its name"


def _condition_faults(mapping: Mapping, conditions: Sequence[Condition], at: Path) -> Iterator[Fault]:
    for index, condition in enumerate(conditions):
        for pattern in (condition.matches, condition.not_matches):
            if pattern is not None and not is_regex(pattern):
                yield (*at, index), f"`{pattern}` is not a regular expression"
        for asked in (condition.in_dataset, condition.not_in_dataset):
            name = asked.partition(".")[0] if asked else None
            if asked and ("." not in asked or name not in mapping.datasets):
                hint = suggestion(name or "", mapping.datasets)
                yield (*at, index), f"`{asked}` should be `dataset.column`, and no such dataset exists{hint}"


def _node_faults(mapping: Mapping, node: NodeRule, at: Path) -> Iterator[Fault]:
    if node.label not in LOADABLE:
        yield (*at, "label"), f"unknown label `{node.label}`{suggestion(node.label, LOADABLE)}"
        return
    known = field_names(node.label)
    for name in node.fields:
        if name not in known:
            yield (*at, "fields", name), f"{node.label} has no field `{name}`{suggestion(name, known)}"
    for index, alternative in enumerate(node.match):
        for name in alternative:
            if name not in known:
                yield (
                    (*at, "match", index, name),
                    f"{node.label} has no field `{name}`{suggestion(name, known)}",
                )
    if node.match and not NODES[node.label].mutable:
        yield (*at, "match"), f"{node.label} records are their own; they cannot be matched to another source"
    missing = sorted(required_fields(node.label) - set(node.fields) - {NODES[node.label].key})
    if missing and node.unmatched == "create":
        yield (*at, "fields"), f"{node.label} needs the field `{missing[0]}`"
    yield from _item_faults(mapping, node, at)
    yield from _condition_faults(mapping, node.where, (*at, "where"))
    for group in ("fields", "attributes"):
        yield from _value_faults(mapping, getattr(node, group), (*at, group))
    yield from _value_faults(mapping, {"key": node.key}, at)


def _value_faults(mapping: Mapping, values: dict[str, Value], at: Path) -> Iterator[Fault]:
    for name, value in values.items():
        yield from _condition_faults(mapping, value.when, (*at, name))
        for case in value.cases or []:
            yield from _condition_faults(mapping, case.when, (*at, name))
        for form in value.format:
            if form not in FORMATS and not is_time_pattern(form):
                hint = suggestion(form, FORMATS)
                yield (*at, name), f"`{form}` is neither a date format nor a strptime pattern{hint}"
        if value.timezone is not None and not is_zone(value.timezone):
            yield (*at, name), f"unknown time zone `{value.timezone}`"


def _link_faults(mapping: Mapping, dataset: Dataset, link: LinkRule, at: Path) -> Iterator[Fault]:
    if link.type not in LINKS:
        yield (*at, "type"), f"unknown relationship `{link.type}`{suggestion(link.type, LINKS)}"
        return
    known = link_fields(link.type)
    for name in link.fields:
        if name not in known:
            yield (*at, "fields", name), f"{link.type} has no field `{name}`{suggestion(name, known)}"
    if link.type in PARTS:
        for name in ("valid_from", "valid_to", "known_from"):
            if getattr(link, name) is not None:
                yield (*at, name), f"{link.type} takes its time from its record; it has no `{name}`"
    if link.refused and (link.type != "CONSENTS" or link.valid_to is not None):
        yield (*at, "refused"), "only a consent is refused, and it ends as it begins: it has no `valid_to`"
    missing = sorted(required_fields(link.type) - set(link.fields) - GIVEN)
    if missing:
        yield at, f"{link.type} needs the field `{missing[0]}` under `fields:`"
    dates = {
        n: getattr(link, n) for n in ("valid_from", "valid_to", "known_from") if getattr(link, n) is not None
    }
    yield from _value_faults(mapping, link.fields, (*at, "fields"))
    yield from _value_faults(mapping, dates, at)
    yield from _end_faults(dataset, link, at)
    yield from _condition_faults(mapping, link.where, (*at, "where"))


def _end_faults(dataset: Dataset, link: LinkRule, at: Path) -> Iterator[Fault]:
    ends = (FACTS.get(link.type) or PARTS[link.type]).ends
    made = [node.label for node in dataset.nodes]
    for index, (key, end) in enumerate((("from", link.start), ("to", link.end))):
        labels = {pair[index] for pair in ends}
        if end is None:
            own = [label for label in made if label in labels]
            if len(own) != 1:
                yield at, f"{link.type} needs `{key}:`, its row makes {len(own)} such nodes"
        else:
            yield from _label_faults(link, end, labels, (*at, key))


def _label_faults(link: LinkRule, end: End, labels: set[str], at: Path) -> Iterator[Fault]:
    for label in end.label:
        if label not in labels:
            yield at, f"{link.type} cannot stand at `{label}`{suggestion(label, labels)}"
    for name in end.by or {}:
        for label in end.label:
            if label in LOADABLE and name not in field_names(label):
                yield (
                    (*at, "by", name),
                    f"{label} has no field `{name}`{suggestion(name, field_names(label))}",
                )
