"""The HTTP face: the GraphQL endpoint, its page, health and metrics."""

from graphql_api.http.graphql import GraphQLEndpoint
from graphql_api.http.health import Health
from graphql_api.http.page import Page

__all__ = ["GraphQLEndpoint", "Health", "Page"]
