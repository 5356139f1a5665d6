"""Who asks: the bearer of an ordinary token, or a page with a token for one account."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.datastructures import Headers

from graphql_api.errors import Forbidden
from graphql_api.security import Gate, Identity, bearer_token
from graphql_api.widgets.origin import page_origin
from graphql_api.widgets.token import PREFIX, WidgetTokens


@dataclass(frozen=True, slots=True)
class Visitor:
    """`account`: the only customer that may be asked about; None with an ordinary token: any.

    inside: whether it may see what is for our own people; with an ordinary token always.
    """

    identity: Identity
    account: str | None = None
    inside: bool = True

    @property
    def caller(self) -> str:
        """Whose rates count: pages of one account under one token are one caller."""
        return f"{self.identity.token_id} {self.account or ''}"


class Door:
    """Lets in by either kind of token."""

    def __init__(self, gate: Gate, tokens: WidgetTokens, clock: Callable[[], datetime]) -> None:
        self._gate = gate
        self._tokens = tokens
        self._clock = clock

    def admit(self, headers: Headers) -> Visitor:
        """Whoever sent these headers; raises Unauthenticated, Forbidden or TokensUnreadable."""
        authorization = headers.get("authorization")
        token = bearer_token(authorization)
        if not token.startswith(PREFIX):
            return Visitor(self._gate.admit(authorization))
        claims = self._tokens.read(token, self._clock())
        if page_origin(headers) != claims.origin:
            raise Forbidden(f"this widget token is for pages of {claims.origin}")
        return Visitor(self._gate.by_id(claims.minted_with), claims.account, claims.inside)
