"""All settings, read once from the environment and handed down; no other module reads it."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What the process was started with.

    `NEO4J_URI` set means that server; not set means the embedded engine under `RELGRAPH_HOME`.
    """

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    home: Path = Field(default_factory=lambda: Path.home() / ".relgraph", validation_alias="RELGRAPH_HOME")
    neo4j_uri: str | None = Field(default=None, validation_alias="NEO4J_URI")
    neo4j_user: str = Field(default="neo4j", validation_alias="NEO4J_USER")
    neo4j_password: SecretStr | None = Field(default=None, validation_alias="NEO4J_PASSWORD")
    neo4j_database: str = Field(default="neo4j", validation_alias="NEO4J_DATABASE")
    query_timeout_s: float = Field(default=30.0, gt=0, validation_alias="RELGRAPH_QUERY_TIMEOUT")
    engine_heap: str = Field(default="1g", pattern=r"^\d+[mg]$", validation_alias="RELGRAPH_ENGINE_HEAP")
    """Java heap of the embedded engine."""
    engine_port: int | None = Field(default=None, ge=1, le=65535, validation_alias="RELGRAPH_ENGINE_PORT")
    """Fixed Bolt port of the embedded engine; not set means a free one, kept from start to start."""
