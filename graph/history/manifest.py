"""What the folder of a kept history holds: one JSON file, replaced as a whole once its files are written."""

import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import orjson
from pydantic import ValidationError

from graph.history.tables import TABLES
from graph.model.base import Frozen

LAYOUT = 1
"""Grows with every change of what the files mean."""
NAME = "manifest.json"


class File(Frozen):
    """One Parquet file."""

    path: str
    """Below the history's folder."""
    rows: int


class Files(Frozen):
    """The files of a table. Of rows with one key the newest counts, in `delta` or else in `base`."""

    base: tuple[File, ...] = ()
    """Rows with distinct keys, partitioned by month."""
    delta: tuple[File, ...] = ()
    """Rows and tombstones (`removed`) that later loads brought; `sequence` tells their order."""
    gone: tuple[File, ...] = ()
    """Tombstones that a compaction has applied, kept for whoever asks what changed."""


class Manifest(Frozen):
    """The state of a kept history."""

    layout: int
    shape: str
    """Hash of the columns of all tables, so that a program with another model does not read them."""
    database_id: str
    """Of the graph that it is a copy of."""
    position: int
    """Of the change log: how many changes are in it."""
    complete_since: int
    """The earliest position for which it can say what changed since: where it was built."""
    sequence: int
    """Grows with every replacement of the manifest."""
    changes: str
    """The file with the ids of the changes that are in it."""
    tables: dict[str, Files]
    retired: tuple[str, ...] = ()
    """Files that the manifest before still named; whoever opened that may be reading them."""


def shape() -> str:
    """A hash of the columns of all tables, as this program makes them."""
    text = "\n".join(f"{name} {table.key} {table.schema}" for name, table in TABLES.items())
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a history's folder; None where there is none that this program can use."""
    try:
        found = Manifest.model_validate(orjson.loads((folder / NAME).read_bytes()))
    except (FileNotFoundError, orjson.JSONDecodeError, ValidationError):
        return None
    return found if found.layout == LAYOUT and found.shape == shape() else None


def replace_manifest(folder: Path, manifest: Manifest) -> Manifest:
    """Put the manifest in force: before, the earlier one counts, and what it names is untouched."""
    written = folder / f"{NAME}.new"
    with written.open("wb") as file:
        file.write(orjson.dumps(manifest.model_dump(), option=orjson.OPT_INDENT_2))
        file.flush()
        os.fsync(file.fileno())
    written.chmod(0o600)
    written.replace(folder / NAME)
    return manifest


def named(manifest: Manifest) -> frozenset[str]:
    """Every file that a manifest names."""
    tables = (file.path for files in manifest.tables.values() for file in _all(files))
    return frozenset((manifest.changes, *tables))


def _all(files: Files) -> Iterable[File]:
    return (*files.base, *files.delta, *files.gone)


def succeeded(before: Manifest, tables: Mapping[str, Files], *, changes: str, position: int) -> Manifest:
    """The manifest that follows, with these tables replaced."""
    after = before.model_copy(
        update={
            "tables": {**before.tables, **tables}, "changes": changes, "position": position,
            "sequence": before.sequence + 1,
        }
    )  # fmt: skip
    left = named(before) if before.tables else (*named(before), *before.retired)
    return after.model_copy(update={"retired": tuple(sorted({*left} - named(after)))})
