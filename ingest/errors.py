"""Structural faults: what stops a run before anything is written.

RelgraphError
├── MappingInvalid       the mapping file is wrong (exit code 2); names file and line
├── SourceUnreadable     an input file is missing, unreadable or not in its encoding (exit code 1)
├── RemovalsNotAccepted  a complete export would end more than 5% of a dataset (exit code 1)
├── KindDeclaredOtherwise  two mappings declare one kind in different words (exit code 2)
├── StagingLocked        another process works on the staging file (exit code 1)
├── StagingForeign       another version of relgraph made the staging file (exit code 1)
├── ColumnMissing        a column that the mapping names is not in the file (exit code 1)
└── RowsRefused          `--strict` and at least one row is bad (exit code 1)
"""

from collections.abc import Iterable
from pathlib import Path

from graph.errors import RelgraphError, UsageError


class MappingInvalid(RelgraphError):
    """The mapping cannot be used; every fault found is listed as `file:line: what`."""

    exit_code = 2

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class SourceUnreadable(RelgraphError):
    """An input file cannot be read; nothing was written."""

    def __init__(self, path: Path | str, why: str, line: int | None = None) -> None:
        place = f"{path}:{line}" if line is not None else str(path)
        super().__init__(f"{place}: {why}; nothing was loaded")
        self.path = str(path)
        self.line = line


class KindDeclaredOtherwise(RelgraphError):
    """Two mappings declare one kind of items in different words; nothing was written."""

    exit_code = 2

    def __init__(self, kind: str, source: str, owner: str, differing: Iterable[str]) -> None:
        super().__init__(
            f"the mapping of {source} declares the kind `{kind}` otherwise than that of {owner} does "
            f"({', '.join(differing)} differ); nothing was loaded. Declare it alike in both, or name it "
            "otherwise in one of them"
        )


class ColumnMissing(RelgraphError):
    """The mapping names columns that a file lacks; nothing was written."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults) + "\nnothing was loaded")
        self.faults = faults


class RowsRefused(RelgraphError):
    """A strict run met bad rows; nothing was written."""

    def __init__(self, count: int, where: Path) -> None:
        super().__init__(
            f"--strict: {count:,} bad rows, nothing was loaded; they are listed with their reasons in {where}"
        )
        self.count = count


class RemovalsNotAccepted(RelgraphError):
    """A complete export lacks so many records that it is more likely cut short; nothing was written."""

    def __init__(self, dataset: str, ended: int, live: int) -> None:
        super().__init__(
            f"{dataset}: the complete export lacks {ended:,} of {live:,} records, which would end them; "
            "nothing was loaded. If that is right, load it again with --accept-removals; "
            "if it is only a part of the data, remove `complete: true`"
        )
        self.dataset = dataset
        self.ended = ended


class BulkNotPossible(UsageError):
    """A bulk load was asked for where none can be made; nothing was changed."""


class BulkMissing(RelgraphError):
    """The graph is not one that a prepared bulk load has filled."""

    def __init__(self, home: Path) -> None:
        super().__init__(
            f"{home} holds no bulk load of this graph; run `relgraph ingest PATH --mapping FILE --bulk`, "
            "then the command that it prints, then `relgraph ingest --bulk-finish`"
        )


class BulkFailed(RelgraphError):
    """The import tool ended badly."""

    def __init__(self, status: int, output: str) -> None:
        super().__init__(
            f"the import command of RELGRAPH_NEO4J_ADMIN ended with {status}; start the server, then "
            "`relgraph ingest --bulk-finish` says whether it was done; if not, load again with --bulk. "
            f"What it said last:\n{output}"
        )


class BulkDiffers(RelgraphError):
    """An imported graph does not hold what the files did."""

    def __init__(self, differing: Iterable[str]) -> None:
        super().__init__(
            f"the imported graph differs from its files ({'; '.join(differing)}); "
            "empty it and load again with --bulk"
        )


class StagingLocked(RelgraphError):
    """Another process works on the staging file."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} cannot be opened; is another ingest running on this home? ({why})")


class StagingForeign(RelgraphError):
    """The staging file has the tables of another version of relgraph; nothing was read or written."""

    def __init__(self, path: Path, *, later: bool) -> None:
        made = "a later" if later else "an earlier"
        super().__init__(
            f"{path} was made by {made} version of relgraph and cannot be used by this one; move it away and "
            "run `relgraph ingest PATH --mapping FILE` once more for every export, oldest first (the graph "
            "stays, staging is rebuilt)"
        )
        self.path = str(path)
