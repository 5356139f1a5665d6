"""Writing records of a REST API, with the words, secrets and patience of the connector that reads it.

Needs the extra `connectors`. 429 (with `Retry-After`), 5xx, timeouts and lost connections are tried again; a
request sets values rather than changing them, so that one that arrives twice does what it does once.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from dlt.common.exceptions import DltException
from dlt.sources.helpers.rest_client.client import RESTClient
from dlt.sources.rest_api.config_setup import create_auth
from requests import RequestException, Response

from ingest.mapping.push import Push, Request, Way
from ingest.source.connector import Ask
from ingest.source.errors import PullInvalid
from ingest.source.masked import masked, reason
from ingest.source.rest import open_api
from ingest.source.rest_model import filled
from ingest.source.rest_values import at_path
from ingest.target.errors import RecordRefused, TargetFailed

OF_THE_SYSTEM = frozenset({401, 403, 408, 429})
"""What says nothing of the record; 5xx neither."""
LONGEST = 200
"""Characters of an answer that are told."""


class RestTarget:
    """The records of one API."""

    def __init__(self, push: Push, ask: Ask) -> None:
        """Raises PullInvalid."""
        options = dict(push.options)
        own = {name: one.way.model_dump(by_alias=True) for name, one in push.records.items() if one.way}
        self._opened = open_api({**options, "ways": own} if own else options, ask)
        self._api, self._secrets, session = self._opened.api, self._opened.secrets, self._opened.session
        for name in push.records:
            if name not in self._api.ways:
                known = ", ".join(sorted(self._api.ways)) or "none"
                raise PullInvalid(f"push.records.{name}: nothing says how it is written; known are {known}")
        auth: Any = create_auth(self._opened.auth())
        self._client = RESTClient(self._api.base_url, headers=self._api.headers, session=session, auth=auth)

    def present(self, record: str, key: str, names: list[str]) -> Mapping[str, Any] | None:
        """The fields as the system has them now; None where it does not tell. Raises as `write`."""
        way = self._api.ways[record]
        if way.read is None:
            return None
        answer = self._sent(record, way.read, {"key": key, "names": ",".join(names), "fields": {}})
        try:
            told = answer.json()
        except ValueError as error:
            raise TargetFailed(self._system, record, "the answer is no JSON") from error
        inside = at_path(told, way.read.fields) if way.read.fields else told
        if not isinstance(inside, Mapping):
            raise TargetFailed(self._system, record, f"the answer has no `{way.read.fields}`")
        return {name: at_path(inside, name) for name in names}

    def write(self, record: str, key: str, fields: Mapping[str, Any], change_id: str) -> None:
        """Set these fields of a record. Raises RecordRefused: of this one; TargetFailed: of the system."""
        way: Way = self._api.ways[record]
        words: dict[str, Any] = {"key": key, "names": ",".join(fields), "fields": dict(fields)}
        self._sent(record, way.write, words, {"Idempotency-Key": change_id})

    def close(self) -> None:
        """Close every connection."""
        self._opened.session.close()

    @property
    def _system(self) -> str:
        return masked(self._api.base_url, self._secrets)

    def _sent(
        self, record: str, request: Request, words: dict[str, Any], headers: Mapping[str, str] | None = None
    ) -> Response:
        path = filled(request.path, words | {"key": quote(str(words["key"]), safe="")})
        try:
            answer = self._client.request(
                path, request.method, params=filled(request.params, words),
                json=filled(request.body, words), headers=dict(headers or {}),
            )  # fmt: skip
        except (RequestException, DltException, ValueError) as error:
            raise TargetFailed(self._system, record, reason(error, self._secrets)) from error
        return self._checked(record, answer)

    def _checked(self, record: str, answer: Response) -> Response:
        said = masked(answer.text, self._secrets)[:LONGEST]
        if answer.status_code in OF_THE_SYSTEM or answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise TargetFailed(self._system, record, f"status {answer.status_code}: {said}")
        if not answer.ok:
            raise RecordRefused(f"status {answer.status_code}: {said}")
        if self._api.ok:
            told = answer.json()
            if any(at_path(told, path) != value for path, value in self._api.ok.items()):
                raise RecordRefused(f"the answer says {said}")
        return answer
