"""Who asks: bearer tokens, stored hashed, bound to an employee and a role."""

from graphql_api.security.bearer import Gate, bearer_token
from graphql_api.security.token_book import (
    ROLES,
    Identity,
    Issued,
    TokenBook,
    TokenBookDamaged,
    TokenNotFound,
    TokenRole,
)

__all__ = [
    "ROLES",
    "Gate",
    "Identity",
    "Issued",
    "TokenBook",
    "TokenBookDamaged",
    "TokenNotFound",
    "TokenRole",
    "bearer_token",
]
