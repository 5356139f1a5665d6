"""The schema: questions, and what users state."""

import strawberry

from graphql_api.config import Limits
from graphql_api.execution.bounds import bounded_schema
from graphql_api.schema.mutation import Mutation
from graphql_api.schema.query import Query


def build_schema(limits: Limits) -> strawberry.Schema:
    """The schema as it is served within these limits."""
    return bounded_schema(limits, Query, Mutation)


schema = build_schema(Limits())
