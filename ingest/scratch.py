"""Folders for what is needed for a while."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.private import private_folder


@contextmanager
def scratch_of(home: Path, name: str) -> Iterator[Path]:
    """An empty folder of this name below `home`, gone at the end."""
    folder = home / "scratch" / name
    private_folder(folder.parent)
    private_folder(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
