"""Settings of a linkage: what a YAML file may say instead of what is found in the data."""

from pydantic import BaseModel, ConfigDict, Field

from ingest.resolve.profile import Meaning


class ResolveConfig(BaseModel):
    """An empty file is a valid one; each setting replaces what the data would say."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: dict[str, Meaning] = Field(default_factory=dict)
    """Meanings of columns; those that are not named are found."""
    threshold: float | None = Field(default=None, gt=0, lt=1)
    """Probability from which two clusters are one."""
    one_to_one: bool | None = None
    """Whether each file (or source) names a thing once; found out where it is not said."""
    seed: int = 7
