"""YAML files that come with the program: texts, words, playbooks."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def packaged_yaml(package: str, name: str) -> dict[str, Any]:
    """The mapping of the file of this name in a package, read once; nobody may change it."""
    loaded: dict[str, Any] = yaml.safe_load(files(package).joinpath(name).read_text(encoding="utf-8"))
    return loaded
