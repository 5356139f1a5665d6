"""The GraphQL API: FastAPI and Strawberry over the services of `graph`; needs no torch."""

from graphql_api.app import create_app
from graphql_api.config import ApiConfig, Limits

__all__ = ["ApiConfig", "Limits", "create_app"]
