"""Who asks: bearer tokens, stored hashed, bound to an employee and a role."""

from graphql_api.security.bearer import Gate
from graphql_api.security.identity import ROLES, Identity, TokenRole
from graphql_api.security.token_book import Issued, TokenBook, TokenBookDamaged, TokenNotFound

__all__ = [
    "ROLES",
    "Gate",
    "Identity",
    "Issued",
    "TokenBook",
    "TokenBookDamaged",
    "TokenNotFound",
    "TokenRole",
]
