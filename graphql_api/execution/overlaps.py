"""What validating a document would cost, counted before it is validated.

GraphQL compares every two fields of a selection that answer under the same name, through fragments and all
the way down (specification, "Field Selection Merging"): a document made for it takes seconds.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)

from graphql_api.config import Limits
from graphql_api.errors import TooCostly, TooDeep

_MOST_NODES = 20_000
"""Selections looked at; fragments nested to explode pass it at once."""


def check_overlaps(
    document: DocumentNode, fragments: Mapping[str, FragmentDefinitionNode], limits: Limits
) -> int:
    """How many pairs there are to compare; raises TooDeep or TooCostly where that takes too long."""
    count = _Overlaps(fragments, limits)
    for part in document.definitions:
        if isinstance(part, OperationDefinitionNode | FragmentDefinitionNode):
            count.merged([part.selection_set], depth=1)
    return count.pairs


class _Overlaps:
    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode], limits: Limits) -> None:
        self._fragments = fragments
        self._limits = limits
        self.pairs = 0
        self._nodes = 0

    def merged(self, sets: Iterable[SelectionSetNode], depth: int) -> None:
        """Count the pairs of these selections taken as one, and of all beneath them."""
        if depth > self._limits.max_depth:
            raise TooDeep(f"the query nests more than {self._limits.max_depth} levels; split it")
        by_name, spreads = self._fields(sets)
        self._add(spreads)
        for fields in by_name.values():
            self._add(len(fields))
        for fields in by_name.values():
            inner = [field.selection_set for field in fields if field.selection_set]
            if inner:
                self.merged(inner, depth + 1)

    def _fields(self, sets: Iterable[SelectionSetNode]) -> tuple[Mapping[str, Sequence[FieldNode]], int]:
        """The fields by the name they answer under, and how many fragments they come from."""
        by_name: dict[str, list[FieldNode]] = defaultdict(list)
        seen: set[str] = set()
        left: list[SelectionNode] = [node for one in sets for node in one.selections]
        while left:
            node = left.pop()
            self._visit()
            if isinstance(node, FieldNode):
                by_name[(node.alias or node.name).value].append(node)
            elif isinstance(node, InlineFragmentNode):
                left += node.selection_set.selections
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                seen.add(node.name.value)
                fragment = self._fragments.get(node.name.value)
                left += fragment.selection_set.selections if fragment else ()
        return by_name, len(seen)

    def _visit(self) -> None:
        self._nodes += 1
        if self._nodes > _MOST_NODES:
            raise TooCostly("the fragments of the document spread too often; write it with fewer")

    def _add(self, count: int) -> None:
        self.pairs += count * (count - 1) // 2
        if self.pairs > self._limits.max_overlaps:
            raise TooCostly(
                "too many fields of the document answer under the same name; write each once, or alias it"
            )
