"""A token that is asked for once and then stands in the JSON body of every request."""

import json
from collections.abc import Mapping
from typing import Any

from dlt.common.configuration.specs.base_configuration import configspec
from dlt.sources.helpers.rest_client.auth import AuthConfigBase
from requests import PreparedRequest, RequestException, Session


@configspec(init=False)
class BodyToken(AuthConfigBase):
    """Posts `request` to `url`, and puts the fields of the answer that `take` names into each body.

    take: the body's field, by the answer's field.
    """

    def __init__(
        self, url: str, request: Mapping[str, Any], take: Mapping[str, str], session: Session
    ) -> None:
        self._url, self._request, self._take, self._session = url, request, take, session
        self._taken: dict[str, Any] | None = None

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """The request with the token. Raises RequestException: none was given."""
        body = json.loads(request.body) if isinstance(request.body, bytes | str) else {}
        request.prepare_body(data=None, files=None, json=body | self._token())
        return request

    def _token(self) -> dict[str, Any]:
        if self._taken is None:
            answer = self._session.post(self._url, json=dict(self._request))
            answer.raise_for_status()
            told = answer.json()
            missing = [name for name in self._take if not told.get(name)]
            if missing:
                said = {name: value for name, value in told.items() if name not in self._take}
                raise RequestException(f"no `{missing[0]}` was given for the credentials: {said}")
            self._taken = {to: told[name] for name, to in self._take.items()}
        return self._taken
