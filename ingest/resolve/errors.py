"""What makes an evaluation or a linkage impossible."""

from pathlib import Path

from graph.errors import RelgraphError, UsageError


class RecordsUnreadable(RelgraphError):
    """A file of records is missing, or no table with a header can be read from it."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")


class TruthUnusable(UsageError):
    """The truth names a column or records that are not in the files."""


class ResolveConfigInvalid(UsageError):
    """The settings of a linkage cannot be used."""


class IndexUnusable(RelgraphError):
    """The index of what was linked cannot be opened: another process links, or the file is damaged."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"{path} cannot be opened: {why}; wait until no other process links, or remove the file, and all "
            "records are linked anew"
        )
