"""YAML read as text values with the line of every key, so that faults can name their line."""

from typing import Any

import yaml

Path = tuple[str | int, ...]
Places = dict[Path, int]


class DuplicateKey(yaml.YAMLError):
    """A key stands twice in one mapping node."""

    def __init__(self, key: str, line: int) -> None:
        super().__init__(f"`{key}` stands twice")
        self.key = key
        self.line = line


def read_yaml(text: str) -> tuple[Any, Places]:
    """The document with every scalar as text (or None where nothing stands), and the line of every path.

    Text, because `no`, `2017-07-01` and 18-digit numbers must reach the mapping as they were written.
    Raises yaml.YAMLError.
    """
    places: Places = {(): 1}
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    return (None if root is None else _plain(root, (), places)), places


def line_of(places: Places, path: Path) -> int:
    """The line of the longest known beginning of a path."""
    while path not in places:
        path = path[:-1]
    return places[path]


def _plain(node: yaml.Node, path: Path, places: Places) -> Any:
    places.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        return None if node.style is None and node.value in ("", "~") else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, index), places) for index, item in enumerate(node.value)]
    return _plain_mapping(node, path, places)


def _plain_mapping(node: yaml.Node, path: Path, places: Places) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        line = key_node.start_mark.line + 1
        if key in read:
            raise DuplicateKey(key, line)
        places[(*path, key)] = line
        read[key] = _plain(value_node, (*path, key), places)
    return read
