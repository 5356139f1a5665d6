"""Which columns the rules of a dataset read."""

import re
from collections.abc import Iterable, Iterator

from ingest.mapping.model import Dataset
from ingest.mapping.rules import End
from ingest.mapping.value import Condition, Value


def own_columns(dataset: Dataset) -> Iterator[str]:
    """Every column that a dataset's rules read, also those that its look-ups bring; some more than once."""
    for value in _values(dataset):
        yield from columns_of(value)
    for condition in conditions_of(dataset):
        yield condition.column
    for lookup in dataset.lookups:
        yield from lookup.on
    for unlinked in dataset.unlinked:
        yield unlinked.column


def _values(dataset: Dataset) -> Iterator[Value]:
    for node in dataset.nodes:
        yield node.key
        yield from node.fields.values()
        yield from node.attributes.values()
        yield from (value for alternative in node.match for value in alternative.values())
        yield from _given(node.valid_from, node.known_from)
    for link in dataset.links:
        yield from _end_values(link.start, link.end)
        yield from link.fields.values()
        yield from _given(link.valid_from, link.valid_to, link.known_from)


def _end_values(*ends: End | None) -> Iterator[Value]:
    for end in ends:
        if end is not None:
            yield from _given(end.key)
            yield from (end.by or {}).values()


def _given(*values: Value | None) -> Iterator[Value]:
    yield from (value for value in values if value is not None)


def key_columns(dataset: Dataset) -> tuple[str, ...]:
    """The columns whose cells together name the record of a row: those of the first node's key."""
    if not dataset.nodes:
        return ()
    key = dataset.nodes[0].key
    if key.cases or key.constant is not None:
        return ()
    return tuple(dict.fromkeys(columns_of(key)))


def serial_columns(dataset: Dataset) -> set[str]:
    """The columns in which a number is a day, as spreadsheets count days."""
    return {
        column
        for value in _values(dataset)
        if "excel" in (value.format or ())
        for column in columns_of(value)
    }


def conditions_of(dataset: Dataset) -> Iterator[Condition]:
    """Every condition on the rows of a dataset."""
    rules: Iterable[tuple[Condition, ...]] = [
        dataset.where, dataset.deleted, *(node.where for node in dataset.nodes),
        *(link.where for link in dataset.links)
    ]  # fmt: skip
    for conditions in rules:
        yield from conditions
    for value in _values(dataset):
        yield from (*value.when, *value.negative)
        for case in value.cases or ():
            yield from case.when


def columns_of(value: Value) -> list[str]:
    """Every column that a value reads."""
    named = [name for name in (value.column, value.minus) if name is not None]
    factors = [item for item in value.multiply or () if not is_number(item)]
    cases = [condition.column for case in value.cases or () for condition in case.when]
    cases += [condition.column for condition in (*value.when, *value.negative)]
    person = [value.person.family, value.person.given] if value.person is not None else []
    return [*named, *(value.columns or ()), *places(value.template or ""), *person, *factors, *cases]


def places(template: str) -> list[str]:
    """The columns that stand in braces in a template."""
    return re.findall(r"\{([^{}]+)\}", template)


def is_number(item: str) -> bool:
    """Whether a factor is a number, not a column."""
    return re.fullmatch(r"-?\d+(\.\d+)?", item) is not None
