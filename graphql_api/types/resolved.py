"""A field that a method resolves: its docstring describes it in the schema, its cost stands beside it."""

from collections.abc import Callable
from typing import Any

import strawberry
from strawberry.types.field import StrawberryField

from graphql_api.execution.measure import UNDECLARED_LIST, costs


def resolved(
    weight: int = 0, many: int = UNDECLARED_LIST, name: str | None = None
) -> Callable[[Callable[..., Any]], StrawberryField]:
    """Make a method a field; `weight` and `many` as in `graphql_api.execution.measure`."""

    def decorate(method: Callable[..., Any]) -> StrawberryField:
        description = (method.__doc__ or "").strip().splitlines()[0]
        return strawberry.field(method, name=name, description=description, metadata=costs(weight, many))

    return decorate
