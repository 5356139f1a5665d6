"""Who asks: bearer tokens, stored hashed, bound to an employee and a role."""

from graphql_api.security.bearer import Gate, bearer
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
    "bearer",
]
