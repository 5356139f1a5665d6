"""What a YAML file may say of linking in the graph; all of it may be left out."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ingest.resolve.errors import ResolveConfigInvalid


class Thresholds(BaseModel):
    """Probabilities: from `merge` on two records become one, from `review` on a person decides."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    merge: float = Field(default=0.99, gt=0, le=1)
    review: float = Field(default=0.5, gt=0, le=1)

    @model_validator(mode="after")
    def _ordered(self) -> "Thresholds":
        if self.review > self.merge:
            raise ValueError("`review` is above `merge`")
        return self


class LinkConfig(BaseModel):
    """Thresholds by kind of record, and the seed of sampling."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    customers: Thresholds = Thresholds()
    contacts: Thresholds = Thresholds(merge=0.999)
    seed: int = 7


def read_link_config(path: Path | None) -> LinkConfig:
    """The settings of a file; the usual ones where there is none. Raises ResolveConfigInvalid."""
    if path is None:
        return LinkConfig()
    try:
        loaded: Any = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        return LinkConfig.model_validate(loaded)
    except OSError as error:
        raise ResolveConfigInvalid(f"{path}: cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ResolveConfigInvalid(f"{path}: not valid YAML: {error}") from error
    except ValidationError as error:
        said = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise ResolveConfigInvalid(f"{path}: {said}") from error
