"""Reads a mapping file; every fault names file and line and, for misspelt names, a suggestion."""

from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import BaseModel, ValidationError

from graph.sentences import sentence, suggestion
from ingest.errors import MappingInvalid
from ingest.mapping.checks import faults_of
from ingest.mapping.model import Mapping
from ingest.mapping.places import DuplicateKey, Places, line_of, read_yaml


def read_mapping(path: Path) -> Mapping:
    """The validated mapping of a YAML file.

    Raises MappingInvalid, whose message lists all faults as `file:line: fault`.
    """
    data, places = _document(path)
    try:
        mapping = Mapping.model_validate(data)
    except ValidationError as error:
        raise MappingInvalid([_fault(path, places, item) for item in error.errors()]) from error
    faults = [f"{path}:{line_of(places, place)}: {what}" for place, what in faults_of(mapping)]
    if faults:
        raise MappingInvalid(faults)
    return mapping


def _document(path: Path) -> tuple[Any, Places]:
    try:
        data, places = read_yaml(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise MappingInvalid([f"{path}: cannot be read: {error.strerror}"]) from error
    except UnicodeDecodeError as error:
        raise MappingInvalid([f"{path}: not UTF-8 text"]) from error
    except DuplicateKey as error:
        raise MappingInvalid([f"{path}:{error.line}: {error}"]) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise MappingInvalid([f"{path}:{line}: not valid YAML: {error.problem}"]) from error
    except yaml.YAMLError as error:
        raise MappingInvalid([f"{path}: not valid YAML: {error}"]) from error
    if not isinstance(data, dict):
        raise MappingInvalid([f"{path}:1: a mapping has `source:` and `datasets:` at its top"])
    return data, places


def _fault(path: Path, places: Places, error: Any) -> str:
    location = tuple(error["loc"])
    line = line_of(places, location)
    inside = ".".join(str(step) for step in location[:-1]) or "the mapping"
    if error["type"] == "extra_forbidden":
        hint = suggestion(str(location[-1]), _known_keys(location[:-1]))
        return f"{path}:{line}: unknown key `{location[-1]}` in {inside}{hint}"
    if error["type"] == "missing":
        return f"{path}:{line}: `{location[-1]}` is missing in {inside}"
    message = sentence(error)
    return f"{path}:{line}: {inside}.{location[-1]}: {message}" if location else f"{path}:{line}: {message}"


def _known_keys(location: tuple[Any, ...]) -> list[str]:
    """The keys that may stand at a place of the mapping."""
    model: Any = Mapping
    for step in location:
        model = _step_into(model, step)
    if isinstance(model, type) and issubclass(model, BaseModel):
        return [field.alias or name for name, field in model.model_fields.items()]
    return []


def _step_into(model: Any, step: Any) -> Any:
    if isinstance(model, type) and issubclass(model, BaseModel):
        by_key = {field.alias or name: field for name, field in model.model_fields.items()}
        return _first_model(by_key[step].annotation) if step in by_key else None
    choices = [item for item in get_args(model) if item is not ...]
    return _first_model(choices[-1]) if choices else None


def _first_model(annotation: Any) -> Any:
    """The annotation without `| None`."""
    choices = [item for item in get_args(annotation) if item is not type(None)]
    return choices[0] if type(None) in get_args(annotation) and len(choices) == 1 else annotation
