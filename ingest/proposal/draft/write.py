"""A proposal as the text of a mapping, with what each column means, how sure that is and why, as comments."""

from collections.abc import Iterator
from typing import Any

import yaml

from ingest.mapping.fields import required_fields
from ingest.proposal.draft.draft import dataset_names, mapping_of
from ingest.proposal.proposed import Proposal, Proposed

WIDE = 110
LOW = 0.5
"""Below this a meaning is marked for a person to look at."""


def mapping_text(proposal: Proposal) -> str:
    """The mapping as YAML, ready for `relgraph ingest PATH --mapping FILE`."""
    mapping = mapping_of(proposal)
    datasets = mapping.pop("datasets")
    tables = {dataset_names(proposal)[one.table.name]: one for one in proposal.tables}
    lines = ["# A proposal: look at the lines marked `?` before the first load."]
    lines += [f"# {note}" for note in proposal.notes]
    lines += [
        yaml.dump(mapping, Dumper=_Plain, allow_unicode=True, sort_keys=False).rstrip(),
        "",
        "datasets:",
    ]
    for name, table in tables.items():
        lines += _shown(name, table, datasets.pop(name, None))
        for further in [one for one in datasets if one not in tables and one.startswith(f"{name}_")]:
            lines += ["", *_indented({further: datasets.pop(further)})]
    return "\n".join(lines) + "\n"


def _shown(name: str, table: Proposed, dataset: dict[str, Any] | None) -> Iterator[str]:
    yield ""
    yield from _comments(table)
    if dataset is None:
        yield f"  # {name}: nothing of {table.table.name} is loaded: its rows need what no column has"
        return
    if table.codes:
        yield "  # it only says what codes of other files mean (`lookups`)"
    elif (label := _not_made(table, dataset)) is not None:
        lacks = ", ".join(sorted(required_fields(label)))
        yield f"  # ? no {label} is made of {table.table.name}: no column tells all that one has ({lacks})"
    if "deleted" in dataset:
        said = dataset["deleted"]["column"]
        yield f"  # rows that `{_line(said)}` calls cancelled or deleted end their record: nothing counts it"
    yield from _indented({name: dataset})


def _indented(dataset: dict[str, Any]) -> Iterator[str]:
    yield from (f"  {line}" if line else "" for line in _dumped(dataset).rstrip().split("\n"))


def _not_made(table: Proposed, dataset: dict[str, Any]) -> str | None:
    """The label of the rows' own record where none is made of them."""
    made = {node["label"] for node in dataset.get("nodes", ())}
    record = table.record
    return None if record.lines or record.link or record.label in made else record.label


def _comments(table: Proposed) -> Iterator[str]:
    wide = max((len(_line(one.column.header)) for one in table.columns), default=0)
    far = max((len(one.meaning.text) for one in table.columns), default=0)
    yield f"  # {table.table.name}"
    for one in table.columns:
        mark = "?" if one.confidence < LOW else " "
        header = _line(one.column.header).ljust(min(wide, 40))
        yield f"  # {mark} {header}  {one.meaning.text.ljust(far)}  {one.confidence:.2f}  {_line(one.reason)}"


def _line(text: str) -> str:
    return " ".join(text.split())


class _Plain(yaml.SafeDumper):
    """Writes a value that stands twice twice, without anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True


def _dumped(value: dict[str, Any]) -> str:
    text: str = yaml.dump(
        value, Dumper=_Plain, allow_unicode=True, sort_keys=False, default_flow_style=None, width=WIDE
    )
    return text
