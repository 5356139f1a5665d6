"""graphql-core's executor, which leaves to `Shapes` what needs no walking.

It is Strawberry's `execution_context_class`. The shapes are those kept with the document (see `bounds`).
"""

from collections.abc import Awaitable
from typing import Any

from graphql import Executor as CoreExecutor
from graphql import GraphQLError, GraphQLOutputType, GraphQLResolveInfo, get_named_type, is_leaf_type
from graphql.pyutils import Path

from graphql_api.execution.documents import Document
from graphql_api.execution.shape import Unsure

UNSURE = (Unsure, GraphQLError, AttributeError, TypeError, ValueError)


class ShapingExecutor(CoreExecutor[Any]):
    """Executes one operation."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        named.pop("operation_extensions")  # of Strawberry's own executor
        super().__init__(*arguments, **named)
        document: Document = self.context_value.document
        self._shapes = document.shapes

    def complete_value(
        self,
        return_type: GraphQLOutputType,
        field_details_list: list[Any],
        info: GraphQLResolveInfo[Any],
        path: Path,
        result: Any,
        position_context: Any,
    ) -> Awaitable[Any] | Any:
        """The answer to a field whose resolver returned `result`."""
        if not is_leaf_type(get_named_type(return_type)):
            shape = self._shapes.of(return_type, [details.node for details in field_details_list])
            if shape is not None:
                try:
                    return shape(result)
                except UNSURE:  # graphql-core walks it and says what is wrong
                    pass
        return super().complete_value(return_type, field_details_list, info, path, result, position_context)
