"""Loading for lists: what the fields of one request ask for is asked of the engine together."""

from graphql_api.loaders.batch import Loaders

__all__ = ["Loaders"]
