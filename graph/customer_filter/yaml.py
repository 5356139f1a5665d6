"""Reading YAML with the place of every value, so that a fault can be shown where it stands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from graph.customer_filter.read import Path, by_path
from graph.errors import UsageError


class NoYaml(UsageError):
    """The text is no YAML, or says a thing twice."""


@dataclass(frozen=True, slots=True)
class Document:
    """The values of a YAML text, and where each stands (line and column, counted from 1)."""

    values: Any
    marks: Mapping[Path, tuple[int, int]]
    name: str

    def place(self, path: Path) -> str:
        """Where the value of a path stands; of one that is not there, where what holds it does."""
        while path and path not in self.marks:
            path = path[:-1]
        line, column = self.marks.get(path, (1, 1))
        return f"{self.name}, line {line}, column {column}"


class _Loader(yaml.SafeLoader):
    """Only `true` and `false` are truth values: NO is a country, and `on` a word (as in YAML 1.2)."""


_BOOL = "tag:yaml.org,2002:bool"
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOL]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(_BOOL, re.compile(r"^(?:true|false)$", re.IGNORECASE), list("tTfF"))


def document(text: str, name: str = "the text") -> Document:
    """The values of the text with their places. Raises NoYaml."""
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
        marks: dict[Path, tuple[int, int]] = {}
        if root is not None:
            marks[()] = (root.start_mark.line + 1, root.start_mark.column + 1)
            _mark(root, (), marks, name)
        values = None if root is None else loader.construct_document(root)
    except (yaml.YAMLError, ValueError) as error:
        raise NoYaml(f"{name} is no YAML: {' '.join(str(error).split())}") from error
    finally:
        loader.dispose()
    return Document(values, marks, name)


def _mark(node: yaml.Node, path: Path, marks: dict[Path, tuple[int, int]], name: str) -> None:
    """Mark what stands below a node; an entry of a mapping stands where its name does."""
    children: list[tuple[Path, Any, yaml.Node]] = []
    if isinstance(node, yaml.MappingNode):
        children = [((*path, str(key.value)), key.start_mark, value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        children = [((*path, place), item.start_mark, item) for place, item in enumerate(node.value)]
    for below, mark, child in children:
        if below in marks:
            raise NoYaml(
                f"{name}, line {mark.line + 1}: `{by_path(below)}` stands twice; write `all:` with both"
            )
        marks[below] = (mark.line + 1, mark.column + 1)
        _mark(child, below, marks, name)
