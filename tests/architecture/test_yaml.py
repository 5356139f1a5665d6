"""No file of YAML says a key twice: the first would be lost without a word."""

from collections import Counter
from collections.abc import Iterator

import pytest
import yaml

from tests.paths import REPO

FOLDERS = (
    "bench",
    "cypher",
    "docs",
    "gnn",
    "graph",
    "graphql_api",
    "ingest",
    "relgraph",
    "simulate",
    "tests",
)


def repeated(text: str) -> list[str]:
    """Keys that stand more than once in one mapping."""
    found = yaml.compose(text, Loader=yaml.SafeLoader)
    return [] if found is None else [key for one in _mappings(found) for key in _twice(one)]


def _mappings(node: yaml.Node) -> Iterator[yaml.MappingNode]:
    if isinstance(node, yaml.MappingNode):
        yield node
        for _, value in node.value:
            yield from _mappings(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _mappings(value)


def _twice(node: yaml.MappingNode) -> list[str]:
    times = Counter(key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode))
    return [key for key, count in times.items() if count > 1]


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_file_says_a_key_twice(folder: str) -> None:
    files = [path for path in sorted((REPO / folder).rglob("*.yml")) if "node_modules" not in path.parts]
    found = {str(path.relative_to(REPO)): repeated(path.read_text(encoding="utf-8")) for path in files}
    assert {name: keys for name, keys in found.items() if keys} == {}


def test_a_key_that_stands_twice_is_found() -> None:
    assert repeated("a: 1\nb: {c: 1, d: 2, c: 3}\n") == ["c"]
