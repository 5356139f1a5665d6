"""Who asks: bearer tokens, stored hashed, bound to an employee and a role."""

from graphql_api.security.bearer import Gate, bearer_token
from graphql_api.security.token_book import (
    ROLES,
    Identity,
    Issued,
    RowsUnknown,
    TokenBook,
    TokenBookDamaged,
    TokenNotFound,
    TokenRole,
    check_rows,
)

__all__ = [
    "ROLES",
    "Gate",
    "Identity",
    "Issued",
    "RowsUnknown",
    "TokenBook",
    "TokenBookDamaged",
    "TokenNotFound",
    "TokenRole",
    "bearer_token",
    "check_rows",
]
