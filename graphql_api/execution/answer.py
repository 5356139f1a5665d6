"""Runs one operation within its bounds and its deadline.

The document is executed by graphql-core directly, over Strawberry's schema and with plans kept by `Plans`.
Strawberry's own `execute` parses, validates and builds a chain of extensions for each request, which takes
about a millisecond.
"""

import asyncio
from typing import Any, NamedTuple

import strawberry
from graphql import ExecutionResult, GraphQLError, GraphQLSchema, execute

from graphql_api.config import Limits
from graphql_api.errors import ApiError, DeadlineExceeded
from graphql_api.execution.executor import ShapingExecutor
from graphql_api.execution.plan import Invalid, Plan, Plans
from graphql_api.execution.report import refused, reported


class Question(NamedTuple):
    """A GraphQL request as it came."""

    text: str
    operation_name: str | None
    variables: dict[str, Any]


class Answered(NamedTuple):
    """The response body and its HTTP status."""

    body: dict[str, Any]
    status: int


class Executor:
    """Answers questions over one schema."""

    def __init__(self, schema: strawberry.Schema, limits: Limits) -> None:
        self._schema: GraphQLSchema = schema._schema
        self._limits = limits
        self._plans = Plans(self._schema, limits)

    async def answer(self, question: Question, context: object) -> Answered:
        """The answer to a question; 400 where the request itself was refused, 200 with errors otherwise."""
        try:
            plan = self._plans.plan(question.text)
            plan.admit(question.operation_name, question.variables, self._limits)
        except Invalid as error:
            return Answered({"errors": reported(error.errors)}, 400)
        except ApiError as error:
            return Answered(refused(error), error.status)
        return Answered(_body(await self._run(plan, question, context)), 200)

    async def _run(self, plan: Plan, question: Question, context: object) -> ExecutionResult:
        running = execute(
            self._schema,
            plan.document,
            context_value=context,
            variable_values=question.variables,
            operation_name=question.operation_name,
            executor_class=ShapingExecutor,
            shapes=plan.shapes,
        )
        if isinstance(running, ExecutionResult):
            return running
        try:
            async with asyncio.timeout(self._limits.deadline_s):
                return await running
        except TimeoutError:
            return _late(self._limits.deadline_s)


def _late(seconds: float) -> ExecutionResult:
    cause = DeadlineExceeded(f"the request took longer than {seconds:g} s; ask for less at once")
    return ExecutionResult(data=None, errors=[GraphQLError(str(cause), original_error=cause)])


def _body(result: ExecutionResult) -> dict[str, Any]:
    body: dict[str, Any] = {"data": result.data}
    if result.errors:
        body["errors"] = reported(result.errors)
    return body
