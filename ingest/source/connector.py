"""What a connector is, and how one is found by its name.

A package adds one by an entry point of the group `relgraph.connectors` whose object is an `Opens`.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any, Protocol

from ingest.source.errors import ConnectorMissing

GROUP = "relgraph.connectors"
OWN = {"sql": "ingest.source.sql", "rest": "ingest.source.rest"}
"""Modules that come with relgraph, each with an `open_system`."""

Row = Mapping[str, Any]
Ask = Callable[[str], str]
"""The secret behind a reference such as `env:CRM_TOKEN`; raises RelgraphError where there is none."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a stream, and the cursor that goes on behind all that was read of it so far.

    cursor: the connector's own text; None where the stream has none, or has read nothing that moves it.
    """

    rows: list[Row]
    cursor: str | None


class System(Protocol):
    """An opened connector: the streams of one system."""

    @property
    def streams(self) -> Collection[str]:
        """Their names."""

    def incremental(self, stream: str) -> bool:
        """Whether a stream goes on from a cursor; one that does not is read whole each time."""

    def read(self, stream: str, cursor: str | None, at: datetime) -> Iterator[Page]:
        """Its rows from a cursor on, some of them perhaps read before; at: now. Raises SystemFailed."""

    def close(self) -> None:
        """Let go of connections."""


Opens = Callable[[Mapping[str, Any], Ask], System]
"""From `pull: from:` and a way to secrets; nothing is asked yet. Raises PullInvalid."""


def find_connector(name: str) -> Opens:
    """The connector of a name. Raises ConnectorMissing."""
    added = {entry.name: entry for entry in entry_points(group=GROUP)}
    known = OWN.keys() | added.keys()
    if name not in known:
        raise ConnectorMissing(name, known)
    try:
        found = import_module(OWN[name]).open_system if name in OWN else added[name].load()
    except ImportError as error:
        why = f"{error.name or error} is not installed; `pip install 'relgraph[connectors]'` brings it"
        raise ConnectorMissing(name, known, why) from error
    opens: Opens = found
    return opens
