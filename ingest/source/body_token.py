"""A token that stands in the JSON body of every request, asked for anew before it expires."""

import json
import time
from collections.abc import Mapping
from typing import Any

from dlt.common.configuration.specs.base_configuration import configspec
from dlt.sources.helpers.rest_client.auth import AuthConfigBase
from requests import PreparedRequest, RequestException, Session

USED = 0.9
"""The part of its life for which a token is used: a request takes its time."""


@configspec(init=False)
class BodyToken(AuthConfigBase):
    """Posts `request` to `url`, and puts the fields of the answer that `take` names into each body.

    take: the body's field, by the answer's field. expires: the answer's field that says for how many seconds
    the token holds; without it, it holds for ever.
    """

    def __init__(
        self, url: str, request: Mapping[str, Any], take: Mapping[str, str], session: Session,
        expires: str | None = None,
    ) -> None:  # fmt: skip
        self._url, self._request, self._take, self._session = url, request, take, session
        self._expires = expires
        self._taken: dict[str, Any] = {}
        self._until = float("-inf")

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """The request with the token. Raises RequestException: none was given."""
        body = json.loads(request.body) if isinstance(request.body, bytes | str) else {}
        request.prepare_body(data=None, files=None, json=body | self._token())
        return request

    def _token(self) -> dict[str, Any]:
        if time.monotonic() >= self._until:
            answer = self._session.post(self._url, json=dict(self._request))
            answer.raise_for_status()
            told = answer.json()
            missing = [name for name in self._take if not told.get(name)]
            if missing:
                said = {name: value for name, value in told.items() if name not in self._take}
                raise RequestException(f"no `{missing[0]}` was given for the credentials: {said}")
            self._taken = {to: told[name] for name, to in self._take.items()}
            self._until = self._holds_until(told)
        return self._taken

    def _holds_until(self, told: Mapping[str, Any]) -> float:
        """Until when the token is used; one whose life is told not to its last moment."""
        life = told.get(self._expires) if self._expires is not None else None
        return time.monotonic() + USED * float(life) if life is not None else float("inf")
