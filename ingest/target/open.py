"""The API that a mapping's `push:` names."""

from typing import TYPE_CHECKING

from ingest.mapping.push import Push
from ingest.source.connector import Ask
from ingest.source.errors import ConnectorMissing

if TYPE_CHECKING:
    from ingest.target.rest import RestTarget


def open_target(push: Push, ask: Ask) -> "RestTarget":
    """Nothing is asked yet. Raises ConnectorMissing, PullInvalid, and what `ask` raises."""
    try:
        from ingest.target.rest import RestTarget  # noqa: PLC0415 - needs the extra `connectors`
    except ImportError as error:
        why = f"{error.name or error} is not installed; `pip install 'relgraph[connectors]'` brings it"
        raise ConnectorMissing(push.connector, [push.connector], why) from error
    return RestTarget(push, ask)
