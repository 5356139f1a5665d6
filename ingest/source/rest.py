"""Systems behind a REST API, by dlt's `rest_api`; needs the extra `connectors`.

What an API wants is YAML: `systems/` holds those that come with relgraph, a mapping may bring its own.
Nothing is sent but to the hosts that are named there, and nothing in the clear but to this machine itself.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from dlt.common.exceptions import DltException
from dlt.sources.helpers.requests import Client
from dlt.sources.rest_api import rest_api_resources
from pydantic import ValidationError
from requests import RequestException, Response, Session
from requests.adapters import HTTPAdapter

from graph.batches import batches
from graph.sentences import sentence
from ingest.source.body_token import BodyToken
from ingest.source.connector import Ask, Page, Row
from ingest.source.cursor import credible, from_text, highest, to_text
from ingest.source.errors import PullInvalid, SystemFailed
from ingest.source.masked import masked, reason
from ingest.source.rest_model import Api, Stream, api_of, filled
from ingest.source.rest_values import at_path, moment_of, with_fields, written

CHUNK = 1_000
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class OpenApi:
    """An API with its secrets, and a session that speaks to its hosts alone."""

    api: Api
    secrets: tuple[str, ...]
    session: Session

    def auth(self) -> Any:
        """As dlt's `rest_api` takes it."""
        auth = self.api.auth
        if auth is None:
            return None
        if auth.get("type") == "body_token":
            return BodyToken(auth["url"], auth["request"], auth["take"], self.session, auth.get("expires"))
        return (
            {**auth, "session": self.session}
            if auth.get("type") == "oauth2_client_credentials"
            else dict(auth)
        )


def open_system(options: Mapping[str, Any], ask: Ask) -> "RestSystem":
    """Raises PullInvalid."""
    return RestSystem(open_api(options, ask))


def open_api(options: Mapping[str, Any], ask: Ask) -> OpenApi:
    """What the options say, checked; nothing is asked yet. Raises PullInvalid."""
    try:
        api, secrets = api_of(options, ask)
    except ValidationError as error:
        said = "; ".join(
            f"pull.from.{'.'.join(map(str, one['loc']))}: {sentence(one)}" for one in error.errors()
        )
        raise PullInvalid(said) from error
    for address in api.addresses:
        _check_address(address, secrets)
    return OpenApi(api, secrets, _session(api))


def _check_address(address: str, secrets: Collection[str]) -> None:
    shown = masked(address, secrets)
    try:
        found = urlsplit(address)
    except ValueError as error:
        raise PullInvalid(f"`{shown}` is no address: {reason(error, secrets)}") from error
    if found.scheme != "https" and not (found.scheme == "http" and found.hostname in LOOPBACK):
        raise PullInvalid(f"`{shown}` is no address that begins with https://; nothing is sent in the clear")


class Refused(RequestException):
    """An answer of status 200 that says that something is wrong."""


class RestSystem:
    """The streams of one API."""

    def __init__(self, opened: OpenApi) -> None:
        self._opened = opened
        self._api, self._secrets, self._session = opened.api, opened.secrets, opened.session

    @property
    def streams(self) -> Collection[str]:
        """Their names."""
        return self._api.streams.keys()

    def incremental(self, stream: str) -> bool:
        """Whether the API is asked for what changed since a moment."""
        return self._api.streams[stream].since is not None

    def read(self, stream: str, cursor: str | None, at: datetime) -> Iterator[Page]:
        """What changed from the cursor on. Raises SystemFailed.

        The cursor never passes the moment at which reading began: a row that changes meanwhile, and is not
        seen for it, is read the next time.
        """
        known = self._api.streams[stream]
        so_far = None if cursor is None else from_text(cursor)
        try:
            for rows in batches(self._rows(known, so_far), CHUNK):
                for stamp in _stamps(known, rows):
                    so_far = highest(so_far, credible(stamp, at))
                yield Page(rows, None if so_far is None else to_text(so_far))
        except (RequestException, DltException, ValueError) as error:
            system = masked(self._api.base_url, self._secrets)
            raise SystemFailed(system, stream, reason(error, self._secrets)) from error

    def close(self) -> None:
        """Close every connection."""
        self._session.close()

    def _rows(self, stream: Stream, since: Any) -> Iterator[Row]:
        """All rows; where a query ends before all are told, further queries behind the last row of it."""
        words: dict[str, Any] = {}
        if stream.since is not None:
            first = since if isinstance(since, datetime) else datetime.fromisoformat(stream.since.first)
            words["since"] = written(first - timedelta(seconds=stream.since.lag_s), stream.since.form)
        behind = None if stream.window is None else stream.window.first
        while True:
            count, last = 0, behind
            for row in self._asked(stream, words | {"behind": behind}):
                count, last = count + 1, None if stream.window is None else at_path(row, stream.window.path)
                yield with_fields(row, stream.fields)
            if stream.window is None or count < stream.window.size:
                return
            if last in {None, behind}:
                raise Refused(f"rows without `{stream.window.path}`, by which the next ones are asked")
            behind = last

    def _asked(self, stream: Stream, words: Mapping[str, Any]) -> Iterator[Row]:
        endpoint = filled(stream.endpoint, words)
        if self._api.ok:
            endpoint["response_actions"] = [_refuses(self._api.ok)]
        config: Any = {
            "client": {
                "base_url": self._api.base_url, "headers": self._api.headers, "session": self._session,
                "auth": self._opened.auth(),
            },
            "resources": [{"name": "rows", "endpoint": endpoint}],
        }  # fmt: skip
        rows = iter(rest_api_resources(config)[0])
        limit = None if stream.window is None else stream.window.size
        for count, row in enumerate(rows, start=1):
            yield row
            if count == limit:
                return


def _stamps(stream: Stream, rows: list[Row]) -> Iterator[datetime | None]:
    """When each row changed; nothing of a stream that is read whole."""
    if stream.since is not None:
        for row in rows:
            yield moment_of(at_path(row, stream.since.path))


def _session(api: Api) -> Session:
    """Tries again what may pass: 429 (as long after as it says), 5xx, lost connections, timeouts.

    Other hosts than those of the API are not spoken to, whatever an answer links to.
    """
    session: Session = Client(
        raise_for_status=False, request_timeout=api.timeout_s, request_max_attempts=api.attempts,
        request_max_retry_delay=api.max_wait_s, retry_condition=_busy(api),
    ).session  # fmt: skip
    adapter = HTTPAdapter()
    session.adapters.clear()
    for address in api.addresses:
        found = urlsplit(address)
        session.mount(f"{found.scheme}://{found.netloc}/", adapter)
    return session


def _busy(api: Api) -> Callable[[Response | None, BaseException | None], bool]:
    def busy(response: Response | None, error: BaseException | None) -> bool:
        told = error.response if isinstance(error, Refused) else response
        if told is None or not api.busy:
            return False
        try:
            answer = told.json()
        except ValueError:
            return False
        return any(at_path(answer, path) in codes for path, codes in api.busy.items())

    return busy


def _refuses(ok: Mapping[str, Any]) -> Callable[..., Response]:
    def check(response: Response, *_: Any, **__: Any) -> Response:
        if response.ok:
            answer = response.json()
            if any(at_path(answer, path) != value for path, value in ok.items()):
                said = {name: value for name, value in answer.items() if not isinstance(value, dict | list)}
                raise Refused(f"the answer says {said}", response=response)
        return response

    return check
