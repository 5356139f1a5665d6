"""Feature tables kept on disk under the hash of what they were made from, for every task and command.

Nothing has to be invalidated: another snapshot, cut-off, horizon or version has another name. Rows are
customers by sorted id; no id, name or text of a customer is kept.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np
import orjson
import pandas as pd

from gnn.features.table import FeatureTable
from graph.private import close_files, private_folder

KEPT = 64
"""Tables kept, the newest; one takes some 300 bytes a customer."""
LAYOUT = 3
"""Raised with every change of what the features are: a version in the making changes without its number."""


@dataclass(frozen=True)
class FeatureCache:
    """The tables of one snapshot in a folder. snapshot: the content hash of everything known."""

    folder: Path
    snapshot: str

    def table(
        self,
        cutoff: pd.Timestamp,
        horizon: pd.Timedelta,
        industries: tuple[str, ...],
        make: Callable[[], FeatureTable],
    ) -> FeatureTable:
        """The kept table of a cut-off, or the one that `make` makes, which is kept."""
        made_from = [self.snapshot, str(cutoff), str(horizon), list(industries), version("relgraph"), LAYOUT]
        name = hashlib.sha256(orjson.dumps(made_from)).hexdigest()
        file = self.folder / f"{name}.npz"
        if file.is_file():
            return _read(file)
        table = make()
        self._keep(file, table)
        return table

    def _keep(self, file: Path, table: FeatureTable) -> None:
        private_folder(self.folder)
        names = orjson.dumps({group: list(names) for group, names in table.groups.items()}).decode()
        being_written = file.with_suffix(".part")
        with being_written.open("wb") as target:
            np.savez(target, values=table.values, groups=np.array(names))
        being_written.replace(file)
        close_files(self.folder)
        newest = sorted(self.folder.glob("*.npz"), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in newest[KEPT:]:
            old.unlink(missing_ok=True)


def _read(file: Path) -> FeatureTable:
    with np.load(file, allow_pickle=False) as arrays:
        groups = orjson.loads(str(arrays["groups"]))
        named = {group: tuple(names) for group, names in groups.items()}
        names = tuple(name for group in named.values() for name in group)
        return FeatureTable(arrays["values"], names, named)
