"""Where a company comes from: the engine of a home, or a snapshot folder."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from gnn.offer_limits import OfferLimits
from gnn.snapshot.folder import load
from gnn.snapshot.known import known_log
from gnn.snapshot.tables import Log
from graph.errors import UsageError
from graph.history import open_history
from graph.store import Store
from relgraph.memory import duckdb_limits
from relgraph.python.frames import Frames, home_frames, snapshot_frames
from relgraph.settings import Settings


class NoGraphHere(UsageError):
    """A snapshot is tables alone."""

    def __init__(self, folder: Path, what: str) -> None:
        super().__init__(
            f"{folder} is a snapshot, which holds tables and no graph: {what}; "
            "open the home instead, with `relgraph.open()`"
        )


class Source(Protocol):
    """What a company is read from."""

    @property
    def home(self) -> Path | None:
        """The home's folder; None for a snapshot."""

    @property
    def now(self) -> datetime:
        """The company's now."""

    @property
    def log(self) -> Log:
        """Everything known at that moment, as snapshot tables."""

    @property
    def frames(self) -> Frames:
        """The named frames."""

    @property
    def store(self) -> Store:
        """The open store. Raises NoGraphHere."""

    @property
    def offer_limits(self) -> OfferLimits:
        """Of the lists that are offered."""

    def close(self) -> None:
        """Let go of whatever is open."""


@dataclass(frozen=True)
class Home:
    """An open store and the settings that it was opened with."""

    store: Store
    settings: Settings
    opened: ExitStack = field(default_factory=ExitStack)
    """What `close` closes, the store where this home opened it."""

    @property
    def home(self) -> Path:
        """The home's folder."""
        return self.settings.home

    @property
    def offer_limits(self) -> OfferLimits:
        """As the settings say."""
        return self.settings.offer_limits

    @property
    def now(self) -> datetime:
        """The company's now, by the last load or as fixed by the settings."""
        return self._known[1]

    @property
    def log(self) -> Log:
        """Everything known then."""
        return self._known[0]

    @cached_property
    def _known(self) -> tuple[Log, datetime]:
        return known_log(self.store, self.settings.now, self.settings.home, duckdb_limits(self.settings))

    @cached_property
    def frames(self) -> Frames:
        """The named frames, from the history of the home."""
        history = open_history(self.store, self.settings.home, duckdb_limits(self.settings))
        self.opened.enter_context(history)
        return home_frames(history, self.store, self.now)

    def close(self) -> None:
        """Close the history that was read, and what was opened for it."""
        self.opened.close()


@dataclass(frozen=True)
class SnapshotFolder:
    """A snapshot's folder."""

    folder: Path
    home: None = None

    @property
    def now(self) -> datetime:
        """The snapshot's cut-off."""
        cutoff = self.log.cutoff
        if cutoff is None:
            raise UsageError(f"{self.folder} does not say as of when it is; take the snapshot again")
        return cutoff.to_pydatetime().replace(tzinfo=UTC)

    @cached_property
    def log(self) -> Log:
        """The snapshot's tables. Raises SnapshotDamaged."""
        return load(self.folder).log

    @cached_property
    def frames(self) -> Frames:
        """The named frames that a snapshot can fill."""
        return snapshot_frames(self.log)

    @property
    def offer_limits(self) -> OfferLimits:
        """As the purchases show."""
        return OfferLimits()

    @property
    def store(self) -> Any:
        """There is none."""
        raise NoGraphHere(self.folder, "nothing answers Cypher, and no model serves from it")

    def close(self) -> None:
        """Nothing is open."""
