"""Holds the search index: a thread with a store of its own builds it and follows the change log."""

import logging
import threading
from collections.abc import Mapping

from graph.search.asked import Asked
from graph.search.document import Document, Kind
from graph.search.upkeep import Followed, brought_up, first_index
from graph.store import EngineConfig, Store, StoreError, open_store

log = logging.getLogger("graphql_api")

_PAUSE_S = 1.0
"""Between two looks at the change log."""


class IndexKeeper:
    """A `Finder` that is a few seconds old at most; it finds nothing (None) until its first index stands."""

    def __init__(self, config: EngineConfig) -> None:
        self._config = config
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self._followed: Followed | None = None

    def candidates(self, asked: Asked, most: Mapping[Kind, int]) -> list[Document] | None:
        """Documents with most in common with what is asked; None while there is no index."""
        followed = self._followed
        return None if followed is None else followed.standing.candidates(asked, most)

    def start(self) -> None:
        """Begin to build or load the index, and to follow; returns at once."""
        self._thread = threading.Thread(target=self._run, name="search-index", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End following."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join(timeout=10)

    def _run(self) -> None:
        waiting = ""
        while not self._ended.is_set():
            try:
                with open_store(self._config) as store:
                    self._follow(store)
            except StoreError as error:
                if str(error) != waiting:
                    log.warning("the search index waits for the engine: %s", error)
                waiting = str(error)
            self._ended.wait(_PAUSE_S)

    def _follow(self, store: Store) -> None:
        if self._followed is None:
            self._followed = first_index(store)
        while not self._ended.wait(_PAUSE_S):
            self._followed = brought_up(store, self._followed)
