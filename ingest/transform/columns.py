"""Which columns a mapping reads of each dataset, and which of them a file lacks."""

from collections.abc import Iterable, Iterator

from graph.sentences import suggestion
from ingest.mapping.model import Dataset, Mapping
from ingest.mapping.rules import End
from ingest.mapping.value import Condition, Value
from ingest.staging.source import Source, lines_above
from ingest.transform.text import columns_of


def columns_used(mapping: Mapping) -> dict[str, set[str]]:
    """The file columns that are read of every dataset, also by other datasets' look-ups and conditions."""
    used = {name: set(_own(dataset)) for name, dataset in mapping.datasets.items()}
    for dataset in mapping.datasets.values():
        for lookup in dataset.lookups:
            used[lookup.dataset] |= {*lookup.on.values(), *lookup.take.values()}
        for condition in _conditions(dataset):
            for asked in (condition.in_dataset, condition.not_in_dataset):
                if asked is not None:
                    name, _, column = asked.partition(".")
                    used[name].add(column)
    for name, dataset in mapping.datasets.items():
        used[name] -= {new for lookup in dataset.lookups for new in lookup.take} - set(dataset.columns or ())
    return used


def missing_columns(mapping: Mapping, name: str, source: Source) -> list[str]:
    """`file: has no column …` for every column that the mapping reads and the file lacks."""
    there = set(source.columns)
    wanted = columns_used(mapping)[name]
    faults = [
        f"{source.path}: dataset `{name}`: has no column `{column}`{suggestion(column, there)}"
        for column in sorted(wanted - there)
    ]
    above = lines_above(source, wanted) if faults else None
    if above:
        faults.append(
            f"{source.path}: dataset `{name}`: they stand in row {above + 1}: declare `skip_lines: {above}`"
        )
    return faults


def _own(dataset: Dataset) -> Iterator[str]:
    for value in _values(dataset):
        yield from columns_of(value)
    for condition in _conditions(dataset):
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


def _conditions(dataset: Dataset) -> Iterator[Condition]:
    rules: Iterable[tuple[Condition, ...]] = [
        dataset.where, dataset.deleted, *(node.where for node in dataset.nodes),
        *(link.where for link in dataset.links)
    ]  # fmt: skip
    for conditions in rules:
        yield from conditions
    for value in _values(dataset):
        yield from value.when
        for case in value.cases or ():
            yield from case.when
