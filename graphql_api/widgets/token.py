"""Tokens for a page: signed, for one account and one origin, for 15 minutes.

    rgw_<claims>.<HMAC-SHA256 of the claims>        both base64url; the claims are JSON

The key is made at first use and stands beside the token file, so that all processes of a server share it.
A token is as good as the one it was minted with: revoking that one ends it.
"""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from pathlib import Path

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError

from graph.private import kept_key
from graphql_api.errors import Unauthenticated

LIFETIME = timedelta(minutes=15)
PREFIX = "rgw_"
LONGEST = 2_000
"""Characters of a token that are looked at."""


class Claims(BaseModel):
    """What a token says. `minted_with` is the public id of the token that it was minted with."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    minted_with: str
    account: str
    origin: str
    expires: int
    """Seconds since 1970."""
    inside: bool = False
    """Whether it also opens what is for our own people: account and chain."""


class WidgetTokens:
    """Signs and reads tokens."""

    def __init__(self, key_file: Path) -> None:
        self._file = key_file
        self._key: bytes | None = None

    def mint(
        self, minted_with: str, account: str, origin: str, now: datetime, *, inside: bool = False
    ) -> tuple[str, Claims]:
        """A new token and what it says."""
        expires = int((now + LIFETIME).timestamp())
        claims = Claims(
            minted_with=minted_with, account=account, origin=origin, expires=expires, inside=inside
        )
        body = _text(orjson.dumps(claims.model_dump()))
        return f"{PREFIX}{body}.{_text(self._signature(body))}", claims

    def read(self, token: str, now: datetime) -> Claims:
        """What a genuine token says that has not expired; raises Unauthenticated."""
        body, _, sent = token.removeprefix(PREFIX).partition(".")
        expected = _text(self._signature(body))
        if len(token) > LONGEST or not hmac.compare_digest(sent.encode(), expected.encode()):
            raise Unauthenticated("this widget token is not one of ours; mint one at POST /widgets/tokens")
        claims = _claims(body)
        if now.timestamp() >= claims.expires:
            raise Unauthenticated("this widget token has expired; mint another at POST /widgets/tokens")
        return claims

    def _signature(self, body: str) -> bytes:
        if self._key is None:
            self._key = kept_key(self._file)
        return hmac.digest(self._key, body.encode(), hashlib.sha256)


def _claims(body: str) -> Claims:
    try:
        return Claims.model_validate_json(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    except (ValidationError, ValueError) as error:
        raise Unauthenticated("this widget token is of another version; mint another") from error


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
