"""YAML files that come with the program: texts, words, playbooks."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
"""The parser in C takes a fraction of the time; a PyYAML that was built without libyaml lacks it."""


@cache
def packaged_yaml(package: str, name: str) -> dict[str, Any]:
    """The mapping of the file of this name in a package, read once; nobody may change it."""
    loaded: dict[str, Any] = yaml.load(files(package).joinpath(name).read_text(encoding="utf-8"), LOADER)
    return loaded
