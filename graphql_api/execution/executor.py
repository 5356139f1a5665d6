"""graphql-core's executor, which leaves to `Shapes` what needs no walking, within a budget and taking turns.

The shapes are those kept with the document.
"""

from collections.abc import Awaitable, Mapping
from inspect import iscoroutine
from typing import Any, Self

from graphql import Executor as CoreExecutor
from graphql import (
    GraphQLError,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLResolveInfo,
    GraphQLSchema,
    OperationDefinitionNode,
    default_field_resolver,
    default_type_resolver,
    get_named_type,
    is_leaf_type,
)
from graphql.execution import VariableValues
from graphql.execution.collect_fields import FragmentDetails
from graphql.pyutils import Path

from graphql_api.audit.persons import PLACES
from graphql_api.execution.asking import Asking
from graphql_api.execution.permission import refused
from graphql_api.execution.shape import LONG_LIST, Asked, Shape, Unsure

UNSURE = (Unsure, GraphQLError, AttributeError, TypeError, ValueError)

_SLICE = 50
"""Items of a long list that are written at once."""


class ShapingExecutor(CoreExecutor[Any]):
    """Executes one operation."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        asking: Asking = self.context_value
        self._grant = asking.grant
        self._shapes = asking.executing().shapes_for(asking.grant)
        self._budget = asking.budget
        self._turns = asking.turns
        self._asked = Asked(asking.subjects, self.variable_values)

    @classmethod
    def of(
        cls,
        schema: GraphQLSchema,
        asking: Asking,
        operation: OperationDefinitionNode,
        variables: VariableValues,
        root_value: Any = None,
    ) -> Self:
        """For an operation of the document asked for, whose variables were coerced when it was admitted.

        graphql-core's `build` would coerce them again.
        """
        fragments = dict(asking.executing().fragments)
        details = {name: FragmentDetails(node) for name, node in fragments.items()}
        return cls(
            schema, fragments, details, root_value, asking, operation, variables,
            default_field_resolver, default_type_resolver, default_field_resolver,
        )  # fmt: skip

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
        self._budget.check()
        mask = self._grant.masks.get((info.parent_type.name, info.field_name))
        if mask is not None:
            result = mask(result)
        completing = (return_type, field_details_list, info, path, result, position_context)
        if result is None or is_leaf_type(get_named_type(return_type)):
            value = super().complete_value(*completing)
            if is_leaf_type(return_type):
                self._budget.add_leaf(value)
            return value
        if self._turns.due():
            return self._completed_later(completing)
        return self._completed(completing)

    async def _completed_later(self, completing: tuple[Any, ...]) -> Any:
        await self._turns.give()
        completed = self._completed(completing)
        return await completed if self.is_awaitable(completed) else completed

    def _completed(self, completing: tuple[Any, ...]) -> Awaitable[Any] | Any:
        self._budget.check()
        return_type, field_details_list, _, _, result, _ = completing
        shape = self._shapes.of(return_type, [details.node for details in field_details_list])
        if shape is None:
            return super().complete_value(*completing)
        if _long(result):
            return self._completed_in_slices(shape, completing)
        try:
            written = shape(result, self._asked)
        except UNSURE:  # graphql-core walks it and says what is wrong
            return super().complete_value(*completing)
        self._budget.add_whole(written)
        return written

    async def _completed_in_slices(self, shape: Shape, completing: tuple[Any, ...]) -> Any:
        """The answer to a long list, with turns of others between its slices."""
        result, written = completing[4], []
        counted = 0
        try:
            for start in range(0, len(result), _SLICE):
                some = shape(result[start : start + _SLICE], self._asked)
                counted += self._budget.add_whole(some)
                written += some
                if self._turns.due():
                    await self._turns.give()
        except UNSURE:
            self._budget.add_bytes(-counted)
            completed = super().complete_value(*completing)
            return await completed if self.is_awaitable(completed) else completed
        return written

    def execute_field(
        self,
        parent_type: GraphQLObjectType,
        source: Any,
        field_details_list: list[Any],
        path: Path,
        position_context: Any,
    ) -> Awaitable[Any] | Any:
        """The answer to a field, if whoever asks may see it."""
        node = field_details_list[0].node
        kind = self.schema.get_field(parent_type, node.name.value)
        if kind is None or self._grant.sees_all_of(parent_type.name):
            return super().execute_field(parent_type, source, field_details_list, path, position_context)
        refusal = refused(self._grant, parent_type, node, kind, self.variable_values.coerced)
        if refusal is None:
            return super().execute_field(parent_type, source, field_details_list, path, position_context)
        if isinstance(refusal, Exception):
            self.handle_field_error(refusal, kind.type, field_details_list, path)
            return None
        info = self.build_resolve_info(kind, [one.node for one in field_details_list], parent_type, path)
        return self.complete_value(kind.type, field_details_list, info, path, refusal, position_context)

    async def complete_awaitable_value(
        self,
        return_type: GraphQLOutputType,
        field_details_list: list[Any],
        info: GraphQLResolveInfo[Any],
        path: Path,
        result: Any,
        position_context: Any,
    ) -> Any:
        """The answer to a field whose resolver has to be awaited."""
        try:
            if self._budget.exceeded is not None:
                return None
            return await super().complete_awaitable_value(
                return_type, field_details_list, info, path, result, position_context
            )
        finally:
            if iscoroutine(result):
                result.close()  # it may not have been begun

    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path | None,
        grouped_field_set: Mapping[str, Any],
        position_context: Any,
    ) -> Awaitable[dict[str, Any]] | dict[str, Any]:
        """The fields of one object."""
        self._budget.add_object(parent_type.name, grouped_field_set)
        if parent_type.name in PLACES:
            self._note(parent_type.name, source_value, grouped_field_set)
        return super().execute_fields(parent_type, source_value, path, grouped_field_set, position_context)  # type: ignore[arg-type]  # a dict

    def _note(self, kind: str, source: Any, selected: Mapping[str, Any]) -> None:
        """Of whom an object tells that is walked."""
        place = PLACES[kind]
        shown = {details[0].node.name.value for details in selected.values()}
        names = place.names({name for name in shown if not self._grant.refuses(kind, name)})
        if names:
            place.told(source, names, self._asked.subjects)

    def handle_field_error(self, raw_error: Exception, *where: Any) -> None:
        """An error of one field. When the answer is too large, its remaining fields end quietly."""
        if self._budget.exceeded is None:
            self._budget.add_error(raw_error)
            super().handle_field_error(raw_error, *where)

    def build_response(self, data: dict[str, Any] | None) -> Any:
        """The whole answer; raises AnswerTooLarge or DeadlineExceeded where it is refused as a whole."""
        self._budget.check()
        return super().build_response(data)


def _long(result: Any) -> bool:
    return isinstance(result, list | tuple) and len(result) > LONG_LIST
