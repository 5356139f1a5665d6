"""What a DuckDB connection may use before it spills to disk."""

from dataclasses import dataclass, replace
from pathlib import Path

from graph.private import private_folder

MIB = 1024**2
LARGEST = 1024 * MIB
"""What DuckDB takes of its share at first in a load: spilling costs hardly any time (docs/scale.md)."""


@dataclass(frozen=True, slots=True)
class DuckDbLimits:
    """Memory in bytes, and threads; None leaves the number of threads to DuckDB (the cores)."""

    memory: int = 2048 * MIB
    threads: int | None = None

    def at_most(self, memory: int) -> "DuckDbLimits":
        """The same with no more memory than that."""
        return replace(self, memory=min(self.memory, memory))

    def settings(self, spill: Path) -> dict[str, str | int]:
        """The `config` of `duckdb.connect`; what does not fit goes to the folder `spill`.

        It is this connection's alone: two in one folder would overwrite each other's temporary files.
        """
        private_folder(spill.parent)
        private_folder(spill)
        limits: dict[str, str | int] = {
            "memory_limit": f"{self.memory // MIB}MiB",
            "temp_directory": str(spill),
        }
        return limits if self.threads is None else limits | {"threads": self.threads}


USUAL_LIMITS = DuckDbLimits()
"""For who has no budget to divide: tests, notebooks."""
