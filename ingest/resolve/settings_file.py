"""Reading a YAML file of settings, all of which may be left out."""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from ingest.resolve.errors import ResolveConfigInvalid

Settings = TypeVar("Settings", bound=BaseModel)


def read_settings(path: Path | None, kind: type[Settings]) -> Settings:
    """What the file says; the usual where there is none or it is empty. Raises ResolveConfigInvalid."""
    if path is None:
        return kind()
    try:
        loaded: Any = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        return kind.model_validate(loaded)
    except OSError as error:
        raise ResolveConfigInvalid(f"{path}: cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ResolveConfigInvalid(f"{path}: not valid YAML: {error}") from error
    except ValidationError as error:
        said = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise ResolveConfigInvalid(f"{path}: {said}") from error
