"""Tables within the objects of a file: the `line_items` of orders, the `contacts` of accounts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ingest.mapping.model import Dataset
from ingest.proposal.assign import Decided
from ingest.proposal.columns.overlap import Overlap
from ingest.proposal.columns.profile import Profile, profile
from ingest.proposal.columns.tables import Table
from ingest.proposal.records.record import Record
from ingest.proposal.records.records import record_of
from ingest.proposal.references.own_key import own_key
from ingest.proposal.rows.named import Held
from ingest.proposal.words.lexicon import lexicon
from ingest.proposal.words.meaning import NOTHING, usual_link
from ingest.proposal.words.words import without
from ingest.staging.encoding import read_bytes
from ingest.staging.envelope import names_a_record
from ingest.staging.inner import PARENT, POSITION, inner_paths
from ingest.staging.kind import kind_of
from ingest.staging.objects import objects_in
from ingest.staging.source import open_sources


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a file of objects: that of the objects themselves, and those within them."""

    outer: Profile | None
    """Without the lists that give tables; None where the file's one object is only a shell around lists."""
    inner: tuple[Profile, ...]


@dataclass(frozen=True, slots=True)
class _Around:
    """A table whose objects hold lists: what they are, and the column that tells them apart."""

    path: str
    record: Record | None = None
    key: str | None = None


def with_inner(outer: Profile, file: Path, scratch: Path) -> Tables:
    """The tables of a file whose objects have been read. Raises SourceUnreadable."""
    objects = _objects(file)
    paths = inner_paths(objects)
    shell = len(objects) == 1 and _is_shell(objects[0], paths)
    around = {"": _Around("") if shell else _around("", outer)}
    inner = []
    for path in paths:
        holder = around.get(_held_by(path, paths))
        if holder is None or (holder.key is None and holder.record is not None):
            continue
        table = _table(outer.table, path, holder)
        (source,) = open_sources(file, table.dataset, scratch)
        found = profile(table, source)
        if _is_one_of(record_of(found), holder):
            inner.append(found)
            around[path] = _around(path, found)
    return Tables(None if shell else _without(outer, around), tuple(inner))


def lists_of(outer: Profile, tables: Sequence[Table]) -> Iterator[Decided]:
    """The columns of a table's lists that are tables of their own: they mean nothing beside them."""
    for table in tables:
        if table.dataset.rows is not None and table.name == f"{outer.table.name}#{table.dataset.rows}":
            column = outer.by_name.get(table.dataset.rows)
            if column is not None:
                yield Decided(column, NOTHING, 0.95, f"its objects are the rows of {table.name}")


def _objects(file: Path) -> list[dict[str, Any]]:
    data, _ = read_bytes(file)
    kind = kind_of(file, data)
    if kind not in ("json", "parquet"):
        return []
    return [one for _, one in objects_in(file, data, kind).objects]


def _is_shell(one: Mapping[str, Any], paths: Sequence[str]) -> bool:
    """Whether an object is no record: several lists stand in it, and nothing that names or numbers it."""
    return sum(path in one for path in paths) > 1 and not any(map(names_a_record, one.keys() - {*paths}))


def _around(path: str, found: Profile) -> _Around:
    record = record_of(found)
    key = own_key(Held(found, record), (), Overlap()) if not record.lines else None
    return _Around(path, record, key.name if key is not None and key.unique else None)


def _held_by(path: str, paths: Sequence[str]) -> str:
    """The path of the list whose objects hold this one; empty where those of the file do."""
    return max((one for one in paths if path.startswith(f"{one}.")), key=len, default="")


def _table(outer: Table, path: str, holder: _Around) -> Table:
    own = path.removeprefix(f"{holder.path}.") if holder.path else path
    said = {POSITION: "line no" if _says_lines(own) else "row no"}
    stated: dict[str, Any] = {"file": outer.dataset.file, "rows": path}
    if holder.record is None or holder.key is None:
        return Table(f"{outer.name}#{path}", own, Dataset.model_validate(stated), said)
    key = f"{PARENT}{holder.key}"
    said[key] = f"{holder.record.label} {holder.key.rpartition('.')[2]}"
    dataset = Dataset.model_validate({**stated, "parent": [holder.key]})
    return Table(f"{outer.name}#{path}", f"{holder.record.label} {own}", dataset, said)


def _says_lines(words: str) -> bool:
    told = lexicon().tokens(words)
    return any(without(told, phrase.words) is not None for phrase in lexicon().lines)


def _is_one_of(record: Record, holder: _Around) -> bool:
    """Whether the objects of a list are lines of what holds them, or other records that the list is called by
    and that the model links to it."""
    if holder.record is None:
        return True
    if record.lines:
        return record.label == holder.record.label
    other = record.label != holder.record.label and record.link is None
    return other and record.named and usual_link(record.label, holder.record.label) is not None


def _without(outer: Profile, around: Mapping[str, _Around]) -> Profile:
    kept = tuple(column for column in outer.columns if column.name not in around)
    return replace(outer, columns=kept)
