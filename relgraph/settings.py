"""All settings, read once from the environment and handed down; no other module reads it."""

import os
import re
from datetime import datetime
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from gnn.offer_limits import OfferLimits
from relgraph.moment import moment


def variable(name: str) -> str | None:
    """A variable that no setting names: where a mapping says that a secret is."""
    return os.environ.get(name)


def _fixed(given: object) -> object:
    return (moment(given, "RELGRAPH_NOW") if given else None) if isinstance(given, str) else given


def _listed(given: object) -> object:
    if not isinstance(given, str):
        return given
    return frozenset(filter(None, (one.strip() for one in given.split(","))))


def _paths(given: object) -> object:
    return tuple(filter(None, map(str.strip, given.split(",")))) if isinstance(given, str) else given


def _origins(given: object) -> object:
    if not isinstance(given, str):
        return given
    origins = frozenset(filter(None, (one.strip() for one in given.split(","))))
    for one in sorted(origins):
        if not ORIGIN.fullmatch(one):
            raise ValueError(
                f"{one!r} is no origin; write scheme, host and port as in https://crm.example:8443"
            )
    return origins


ORIGIN = re.compile(r"https?://([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?")
"""An origin as browsers send it: lower case, nothing behind the port."""
SIZE = r"^[1-9]\d*[mMgG][bB]?$"
"""An amount of memory in MiB or GiB: `512m`, `2g`, `2GB`."""


class Settings(BaseSettings):
    """What the process was started with.

    `NEO4J_URI` set means that server; not set means the embedded engine under `RELGRAPH_HOME`.
    """

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    home: Path = Field(default_factory=lambda: Path.home() / ".relgraph", validation_alias="RELGRAPH_HOME")
    now: Annotated[datetime | None, BeforeValidator(_fixed)] = Field(
        default=None, validation_alias="RELGRAPH_NOW"
    )
    """The company's now, fixed for demonstrations and tests; a bare date means its end."""
    neo4j_uri: str | None = Field(default=None, validation_alias="NEO4J_URI")
    neo4j_user: str = Field(default="neo4j", validation_alias="NEO4J_USER")
    neo4j_password: SecretStr | None = Field(default=None, validation_alias="NEO4J_PASSWORD")
    neo4j_database: str = Field(default="neo4j", validation_alias="NEO4J_DATABASE")
    query_timeout_s: float = Field(default=30.0, gt=0, validation_alias="RELGRAPH_QUERY_TIMEOUT")
    neo4j_admin: str | None = Field(default=None, validation_alias="RELGRAPH_NEO4J_ADMIN")
    """A command that stops the server, runs `neo4j-admin` with the words that follow, and starts it."""
    memory: str | None = Field(default=None, pattern=SIZE, validation_alias="RELGRAPH_MEMORY")
    """What the embedded engine's heap, DuckDB and Python may use together; not set means half the machine."""
    engine_heap: str | None = Field(default=None, pattern=SIZE, validation_alias="RELGRAPH_ENGINE_HEAP")
    """Java heap of the embedded engine, beside `memory`; not set means a share of it."""
    engine_port: int | None = Field(default=None, ge=1, le=65535, validation_alias="RELGRAPH_ENGINE_PORT")
    """Fixed Bolt port of the embedded engine; not set means a free one, kept from start to start."""
    events_secret: SecretStr | None = Field(
        default=None, min_length=16, validation_alias="RELGRAPH_EVENTS_SECRET"
    )
    """What senders of `POST /events` sign with; without it the API takes no events."""
    widget_origins: Annotated[frozenset[str], NoDecode, BeforeValidator(_origins)] = Field(
        default=frozenset(), validation_alias="RELGRAPH_WIDGET_ORIGINS"
    )
    """Origins whose pages may use the widgets, with commas between, such as `https://crm.example`."""
    watch: Path | None = Field(default=None, validation_alias="RELGRAPH_WATCH")
    """A folder whose new files `relgraph work` loads."""
    watch_mapping: Path | None = Field(default=None, validation_alias="RELGRAPH_WATCH_MAPPING")
    """The mapping of that folder."""
    pull: Annotated[tuple[Path, ...], NoDecode, BeforeValidator(_paths)] = Field(
        default=(), validation_alias="RELGRAPH_PULL"
    )
    """Mappings of systems that `relgraph work` asks, with commas between."""
    audit_days: int = Field(default=365, ge=1, validation_alias="RELGRAPH_AUDIT_DAYS")
    """Days for which the trail of reads of personal data is kept."""
    audit_file_mb: int = Field(default=64, ge=1, validation_alias="RELGRAPH_AUDIT_FILE_MB")
    """Size in megabytes from which on a process begins another file of the trail, as it does each day."""
    max_running: int = Field(default=256, ge=1, validation_alias="RELGRAPH_MAX_RUNNING")
    """Requests that the API ever answers at once; it finds by itself how many it can answer in time, and says
    503 with Retry-After beyond them."""
    requests_per_s: float | None = Field(default=None, gt=0, validation_alias="RELGRAPH_REQUESTS_PER_S")
    """GraphQL operations that one token may ask in a second in the long run. Not set: no bound."""
    required_roles: Path | None = Field(default=None, validation_alias="RELGRAPH_REQUIRED_ROLES")
    """YAML of the roles that deals need; not set means the playbook that comes with relgraph."""
    rules_off: Annotated[frozenset[str], NoDecode, BeforeValidator(_listed)] = Field(
        default=frozenset(), validation_alias="RELGRAPH_RULES_OFF"
    )
    """Rules of a derive that are switched off, with commas between; what they derived is withdrawn."""
    family_share: float | None = Field(default=None, gt=0, le=1, validation_alias="RELGRAPH_FAMILY_SHARE")
    """Of the first products of a list that is offered, at most this share is of one family; not set: as the
    purchases show."""
    exposure: float | None = Field(default=None, gt=0, le=1, validation_alias="RELGRAPH_EXPOSURE")
    """A product is offered to at most this share of the customers; not set: as the purchases show."""
    introspection: bool = Field(default=True, validation_alias="RELGRAPH_INTROSPECTION")
    """Whether the API answers questions about its schema; GraphiQL needs them."""

    documents: Path | None = Field(default=None, validation_alias="RELGRAPH_DOCUMENTS")
    """JSON of the only GraphQL documents that the API answers, by their ids; not set: it answers any."""

    @property
    def offer_limits(self) -> OfferLimits:
        """Of the lists that are offered."""
        return OfferLimits(self.family_share, self.exposure)

    def at(self, now: str | None) -> "Settings":
        """These settings with the company's now fixed, where a command was given `--now`."""
        return self if now is None else self.model_copy(update={"now": moment(now)})
