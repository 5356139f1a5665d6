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
        identity = self._found(_bearer(authorization))
        if identity is None:
            raise Unauthenticated(f"This token is not known here. {_HOW}")
        if identity.revoked_at is not None:
            raise Unauthenticated(f"This token has been revoked. {_HOW}")
        if self._clock() >= identity.expires_at:
            raise Unauthenticated(f"This token expired at {identity.expires_at:%Y-%m-%d %H:%M} UTC. {_HOW}")
        return identity

    def _found(self, token: str) -> Identity | None:
        try:
            return self._book.find(token)
        except TokenBookDamaged as error:
            log.error("nobody is let in: %s", error)
            raise TokensUnreadable(
                "the token file of this server cannot be read; whoever runs it finds in its log what to do"
            ) from error


def _bearer(authorization: str | None) -> str:
    if not authorization:
        raise Unauthenticated(f"This address needs a token. {_HOW}")
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthenticated(f"Only bearer tokens are accepted. {_HOW}")
    return token.strip()
