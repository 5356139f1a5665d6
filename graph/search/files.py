"""The index on disk: arrays below `RELGRAPH_HOME/search`, and a manifest that says of which graph.

It holds names and addresses of people, as the history does: its files are their owner's alone.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from graph.private import private_folder
from graph.search.index import Index, loaded, saved

VERSION = 2
"""Of tokens and forms: an index of another version is built anew."""
_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """An index that was built, of which graph, and the ids of the changes that it holds."""

    index: Index
    database_id: str
    changes: frozenset[str]


def keep(folder: Path, kept: Kept) -> None:
    """Write an index beside the one before, and name it in the manifest last."""
    private_folder(folder)
    before = _manifest(folder)
    place = f"{int((before or {}).get('place', '0')) + 1:08}"
    shutil.rmtree(folder / place, ignore_errors=True)
    saved(kept.index, private_folder(folder / place))
    told = {
        "version": VERSION, "place": place, "database_id": kept.database_id, "changes": sorted(kept.changes),
    }  # fmt: skip
    fresh = folder / f"{_MANIFEST}.new"
    fresh.write_bytes(orjson.dumps(told))
    fresh.chmod(0o600)
    fresh.replace(folder / _MANIFEST)
    for old in folder.iterdir():
        if old.is_dir() and old.name not in {place, (before or {}).get("place")}:
            shutil.rmtree(old, ignore_errors=True)


def kept_index(folder: Path, database_id: str) -> Kept | None:
    """The index that is kept of this graph; None where there is none that this program can read."""
    told = _manifest(folder)
    if told is None or told["version"] != VERSION or told["database_id"] != database_id:
        return None
    try:
        return Kept(loaded(folder / told["place"]), database_id, frozenset(told["changes"]))
    except (OSError, ValueError):
        return None


def _manifest(folder: Path) -> dict[str, Any] | None:
    try:
        told: dict[str, Any] = orjson.loads((folder / _MANIFEST).read_bytes())
    except (OSError, ValueError):
        return None
    return told
