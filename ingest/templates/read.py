"""Templates by their names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import as_file, files

from graph.errors import UsageError
from graph.sentences import suggestion
from ingest.mapping.model import Mapping
from ingest.mapping.read import read_mapping

PACKAGE = "ingest.templates"
_HEADERS = re.compile(r"^# headers: (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Template:
    """What a template is for, its files, and where its headers were seen."""

    name: str
    about: str
    headers: str
    files: list[str]


def template_names() -> list[str]:
    """Those that come with relgraph."""
    found = (one.name for one in files(PACKAGE).iterdir())
    return sorted(name.removesuffix(".yml") for name in found if name.endswith(".yml"))


def read_template(name: str) -> Mapping:
    """The mapping of a template. Raises UsageError: there is none of this name."""
    if name not in template_names():
        raise UsageError(f"no template is called `{name}`{suggestion(name, template_names())}")
    with as_file(files(PACKAGE).joinpath(f"{name}.yml")) as path:
        return read_mapping(path)


def templates() -> Iterator[Template]:
    """All of them."""
    for name in template_names():
        mapping = read_template(name)
        text = files(PACKAGE).joinpath(f"{name}.yml").read_text(encoding="utf-8")
        seen = _HEADERS.search(text)
        names = list(dict.fromkeys(dataset.file for dataset in mapping.datasets.values()))
        yield Template(name, mapping.about or "", seen[1] if seen else "", names)
