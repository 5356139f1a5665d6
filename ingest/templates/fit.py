"""A template without the columns that an export lacks: each company's export has its own.

What a row is, which record it names and on what condition must be there: without these columns the load
stops as ever.
"""

from collections.abc import Collection, Iterator
from collections.abc import Mapping as Named
from pathlib import Path
from typing import Any

from ingest.mapping.model import Dataset, Mapping
from ingest.mapping.reads import columns_of, own_columns
from ingest.mapping.rules import End, LinkRule, NodeRule
from ingest.mapping.value import Value
from ingest.scratch import scratch_of
from ingest.staging.given import with_files
from ingest.staging.source import open_sources


def fitted(mapping: Mapping, root: Path, home: Path) -> tuple[Mapping, list[str]]:
    """The mapping for the files at `root`, and a sentence for each dataset that lacks columns.

    Raises SourceUnreadable: no dataset has a file here.
    """
    here, _ = with_files(mapping, root)
    datasets, notes = dict(mapping.datasets), []
    with scratch_of(home, "template") as scratch:
        for name, dataset in here.datasets.items():
            sources = open_sources(root, dataset, scratch)
            have = {column for source in sources for column in source.columns}
            have |= dataset.brought
            if missing := sorted(set(own_columns(dataset)) - have):
                datasets[name] = without(dataset, have)
                shown = ", ".join(f"`{column}`" for column in missing)
                notes.append(f"{name}: the template also knows {shown}, which the export lacks")
    return mapping.model_copy(update={"datasets": datasets}), notes


def without(dataset: Dataset, have: Collection[str]) -> Dataset:
    """The dataset with the rules for which these columns suffice; of alternatives those that are there."""
    nodes = [_node(node, have, first=place == 0) for place, node in enumerate(dataset.nodes)]
    made = {node.label for node in nodes if node is not None}
    links = [_link(link, have) for link in dataset.links]
    return dataset.model_copy(
        update={
            "deleted": tuple(one for one in dataset.deleted if one.column in have),
            "nodes": tuple(node for node in nodes if node is not None),
            "links": tuple(one for one in links if one is not None and _has_ends(one, made, dataset)),
        }
    )


def _node(node: NodeRule, have: Collection[str], *, first: bool) -> NodeRule | None:
    """None of a second record of the row that has no key here."""
    key = _value(node.key, have)
    if key is None and not first:
        return None
    changed: dict[str, Any] = {
        "key": key or node.key, "fields": dict(_values(node.fields, have)),
        "attributes": dict(_values(node.attributes, have)),
        "known_from": node.known_from and _value(node.known_from, have),
    }  # fmt: skip
    return node.model_copy(update=changed)


def _link(link: LinkRule, have: Collection[str]) -> LinkRule | None:
    ends = {}
    for name, end in (("start", link.start), ("end", link.end)):
        if end is not None and (kept := _end(end, have)) is None:
            return None
        ends[name] = kept if end is not None else None
    dates = {
        name: value and _value(value, have)
        for name, value in (
            ("valid_from", link.valid_from),
            ("valid_to", link.valid_to),
            ("known_from", link.known_from),
        )
    }
    return link.model_copy(update={**ends, **dates, "fields": dict(_values(link.fields, have))})


def _end(end: End, have: Collection[str]) -> End | None:
    if end.key is not None:
        key = _value(end.key, have)
        return None if key is None else end.model_copy(update={"key": key})
    by = dict(_values(end.by or {}, have))
    return end.model_copy(update={"by": by}) if by else None


def _has_ends(link: LinkRule, made: Collection[str], dataset: Dataset) -> bool:
    """Whether the record that stands at an end which is not named is still made."""
    lost = {node.label for node in dataset.nodes} - set(made)
    return not lost or (link.start is not None and link.end is not None)


def _values(values: Named[str, Value], have: Collection[str]) -> Iterator[tuple[str, Value]]:
    for name, value in values.items():
        if (kept := _value(value, have)) is not None:
            yield name, kept


def _value(value: Value, have: Collection[str]) -> Value | None:
    """The value by the columns that are there, of cases those alone; None where they do not suffice."""
    known = [case for case in value.cases or () if all(one.column in have for one in case.when)]
    if value.cases:
        value = value.model_copy(update={"cases": known or None})
    if value.columns is not None:
        there = [column for column in value.columns if column in have]
        if not there and not known:
            return None
        value = value.model_copy(update={"columns": there}) if there else _by_cases(value, "columns")
    if known and value.column is not None and value.column not in have:
        value = _by_cases(value, "column")
    return value if set(columns_of(value)) <= set(have) else None


def _by_cases(value: Value, source: str) -> Value:
    """The value by its cases alone; where none of them holds it is empty."""
    said = value.model_dump(by_alias=True, exclude_unset=True)
    return Value.model_validate({name: one for name, one in said.items() if name != source})
