"""The composition root: settings, command line, simulated company, doctor; `open` for Python."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relgraph.python.company import Company

__all__ = ["open"]


def open(folder: str | Path | None = None) -> "Company":
    """The company of this home, by the same settings as the commands, or of a snapshot folder.

    A context manager; `close()` lets its engine go. Raises UsageError for a folder that holds no snapshot,
    and what opening a store raises.
    """
    # the package is imported by every command, which needs none of this
    from relgraph.python.opening import open_company  # noqa: PLC0415

    return open_company(folder)
