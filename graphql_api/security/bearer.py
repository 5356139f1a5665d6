"""The gate: turns the Authorization header into an identity, or refuses with what to do next."""

import logging
from collections.abc import Callable
from datetime import datetime

from graphql_api.errors import TokensUnreadable, Unauthenticated
from graphql_api.security.token_book import Identity, TokenBook, TokenBookDamaged

log = logging.getLogger("graphql_api")

_HOW = "Create a token with `relgraph token create` and send it as `Authorization: Bearer <token>`."


class Gate:
    """Admits the bearer of a valid token; asks the token book on every request."""

    def __init__(self, book: TokenBook, clock: Callable[[], datetime]) -> None:
        self._book = book
        self._clock = clock

    def admit(self, authorization: str | None) -> Identity:
        """The identity behind an Authorization header; raises Unauthenticated or TokensUnreadable."""
        token = bearer_token(authorization)
        return self._standing(lambda: self._book.find(token))

    def by_id(self, token_id: str) -> Identity:
        """The identity of a token by its public id, as long as the token stands; raises as `admit` does."""
        return self._standing(lambda: self._book.by_id(token_id))

    def _standing(self, find: Callable[[], Identity | None]) -> Identity:
        identity = _readable(find)
        if identity is None:
            raise Unauthenticated(f"This token is not known here. {_HOW}")
        if identity.revoked_at is not None:
            raise Unauthenticated(f"This token has been revoked. {_HOW}")
        if self._clock() >= identity.expires_at:
            raise Unauthenticated(f"This token expired at {identity.expires_at:%Y-%m-%d %H:%M} UTC. {_HOW}")
        return identity


def _readable(find: Callable[[], Identity | None]) -> Identity | None:
    try:
        return find()
    except TokenBookDamaged as error:
        log.error("nobody is let in: %s", error)
        raise TokensUnreadable(
            "the token file of this server cannot be read; whoever runs it finds in its log what to do"
        ) from error


def bearer_token(authorization: str | None) -> str:
    """The token of an Authorization header; raises Unauthenticated."""
    if not authorization:
        raise Unauthenticated(f"This address needs a token. {_HOW}")
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthenticated(f"Only bearer tokens are accepted. {_HOW}")
    return token.strip()
