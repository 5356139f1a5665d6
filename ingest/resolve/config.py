"""Settings of a linkage: what a YAML file may say instead of what is found in the data."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ingest.resolve.errors import ResolveConfigInvalid
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


def read_config(path: Path | None) -> ResolveConfig:
    """The settings of a file; none are said where there is no file or it is empty.

    Raises ResolveConfigInvalid.
    """
    if path is None:
        return ResolveConfig()
    try:
        loaded: Any = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        return ResolveConfig.model_validate(loaded)
    except OSError as error:
        raise ResolveConfigInvalid(f"{path}: cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ResolveConfigInvalid(f"{path}: not valid YAML: {error}") from error
    except ValidationError as error:
        said = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise ResolveConfigInvalid(f"{path}: {said}") from error
