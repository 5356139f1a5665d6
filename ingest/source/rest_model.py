"""What an API wants, as YAML says it: `pull: from:` of the connector `rest`, and the files in `systems/`."""

import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Literal

from pydantic import Field

from graph.packaged import packaged_yaml
from graph.sentences import suggestion
from ingest.mapping.pull import ADVICE, is_reference
from ingest.mapping.push import Way
from ingest.mapping.value import Strict
from ingest.source.connector import Ask
from ingest.source.errors import PullInvalid
from ingest.source.rest_values import Form

SYSTEMS = "ingest.source.systems"
WORD = re.compile(r"\$\{(\w+)\}")


class Setting(Strict):
    """Something that each company says for itself; one without a default must be given."""

    about: str
    secret: bool = False
    default: Any = None


class Since(Strict):
    """How an API is asked for what changed: its moment stands as `${since}` in the request."""

    path: str
    """Where a row says when it changed: names with points between."""
    form: Form = Field(default="iso", alias="as")
    """How the request writes a moment."""
    first: str = "1970-01-01T00:00:00Z"
    lag_s: float = Field(default=300.0, ge=0)
    """So much is read again: clocks differ, and indexes are filled late."""


class Window(Strict):
    """Where a query tells only so many rows: the next one asks behind the last row, as `${behind}`."""

    path: str
    size: int = Field(gt=0)
    first: Any = "0"


class Stream(Strict):
    """One kind of record of an API."""

    path: str
    method: Literal["GET", "POST"] = "GET"
    params: dict[str, Any] = Field(default_factory=dict)
    body: dict[str, Any] | None = Field(default=None, alias="json")
    rows: str | None = None
    """Where the rows lie in an answer (JSONPath)."""
    paginator: dict[str, Any] | None = None
    """As dlt's `rest_api` has it."""
    since: Since | None = None
    window: Window | None = None
    fields: tuple[str, ...] = ()
    """Columns that every row has, empty where the API leaves them out."""

    @property
    def endpoint(self) -> dict[str, Any]:
        """As dlt's `rest_api` has it."""
        said = {
            "path": self.path, "method": self.method, "params": self.params, "json": self.body,
            "data_selector": self.rows, "paginator": self.paginator or {"type": "single_page"},
        }  # fmt: skip
        return {name: value for name, value in said.items() if value is not None}


class Options(Strict):
    """Of `pull: from:` for the connector `rest`, and of a file in `systems/`."""

    system: str | None = None
    """One that comes with relgraph, whose further words then stand there."""
    only: tuple[str, ...] = ()
    """Those of its streams that are read; all where none are named."""
    about: str | None = None
    assumed: tuple[str, ...] = ()
    """What nobody has seen a real system do."""
    settings: dict[str, Any] = Field(default_factory=dict)
    """Values of what the system asks for; secrets as `env:NAME` or `keyring:SERVICE/USER`."""
    asks: dict[str, Setting] = Field(default_factory=dict)
    base_url: str | None = None
    headers: dict[str, str] = Field(default_factory=dict)
    auth: dict[str, Any] | None = None
    """As dlt's `rest_api` has it, or `body_token`."""
    ok: dict[str, Any] = Field(default_factory=dict)
    """What every good answer says, by path: some systems answer errors with status 200."""
    busy: dict[str, list[Any]] = Field(default_factory=dict)
    """Values by path of answers that ask for patience."""
    streams: dict[str, Stream] = Field(default_factory=dict)
    ways: dict[str, Way] = Field(default_factory=dict)
    """How records are written, by the name that `push: records:` gives them."""
    timeout_s: float = Field(default=60.0, gt=0)
    attempts: int = Field(default=5, ge=1)
    max_wait_s: float = Field(default=60.0, gt=0)
    """The longest pause before a further attempt, whatever the system asks for."""


class Api(Strict):
    """All that is needed to ask, secrets included."""

    base_url: str
    headers: dict[str, str]
    auth: dict[str, Any] | None
    ok: dict[str, Any]
    busy: dict[str, list[Any]]
    streams: dict[str, Stream]
    ways: dict[str, Way]
    timeout_s: float
    attempts: int
    max_wait_s: float

    @property
    def addresses(self) -> list[str]:
        """Where anything is sent."""
        auth = self.auth or {}
        return [self.base_url, *(auth[name] for name in ("access_token_url", "url") if name in auth)]


def system_names() -> list[str]:
    """The systems that come with relgraph."""
    return sorted(
        one.name.removesuffix(".yml") for one in files(SYSTEMS).iterdir() if one.name.endswith(".yml")
    )


def api_of(options: Mapping[str, Any], ask: Ask) -> tuple[Api, tuple[str, ...]]:
    """What the options ask for, filled in, and the secrets in it. Raises PullInvalid, ValidationError."""
    given = Options.model_validate(options)
    known = given
    if given.system is not None:
        if given.system not in system_names():
            raise PullInvalid(
                f"no system is called `{given.system}`{suggestion(given.system, system_names())}"
            )
        preset = packaged_yaml(SYSTEMS, f"{given.system}.yml")
        own = {name: value for name, value in options.items() if name != "system"}
        known = Options.model_validate(
            {**preset, **own, "streams": {**preset["streams"], **own.get("streams", {})}}
        )
    words, secrets = _words(known, ask)
    if known.base_url is None or not (known.streams or known.ways):
        raise PullInvalid("pull.from needs `system:`, or `base_url:` and `streams:`")
    for name in known.only:
        if name not in known.streams:
            raise PullInvalid(f"no stream is called `{name}`{suggestion(name, known.streams)}")
    kept = {name: one for name, one in known.streams.items() if not known.only or name in known.only}
    said = filled(known.model_dump(include=set(Api.model_fields) - {"streams"}, by_alias=True), words)
    kept_secrets = list(secrets)
    for place in ("auth", "headers"):
        said[place] = _asked(said[place], ask, kept_secrets)
    streams = {}
    for name, one in kept.items():
        told = filled(one.model_dump(by_alias=True, exclude_defaults=True), words)
        sent = {
            place: _asked(told[place], ask, kept_secrets) for place in ("params", "json") if place in told
        }
        streams[name] = told | sent
    return Api.model_validate({**said, "streams": streams}), tuple(kept_secrets)


def _asked(told: Any, ask: Ask, secrets: list[str]) -> Any:
    """With the secrets in the place of what says where they are kept; each is added to `secrets`."""
    if isinstance(told, Mapping):
        return {name: _asked(value, ask, secrets) for name, value in told.items()}
    if isinstance(told, list):
        return [_asked(value, ask, secrets) for value in told]
    if not is_reference(told):
        return told
    secrets.append(ask(told))
    return secrets[-1]


def _words(known: Options, ask: Ask) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Values of the settings, and those of them that are secrets."""
    words, secrets = {}, []
    for name in known.settings:
        if name not in known.asks:
            raise PullInvalid(f"pull.from.settings: there is no `{name}`{suggestion(name, known.asks)}")
    for name, asked in known.asks.items():
        value = known.settings.get(name, asked.default)
        if value is None:
            raise PullInvalid(f"pull.from.settings needs `{name}`: {asked.about}")
        if asked.secret and not is_reference(value):
            raise PullInvalid(f"pull.from.settings: `{name}` is a secret: write where it is kept, {ADVICE}")
        words[name] = ask(value) if is_reference(value) else value
        secrets += [words[name]] if is_reference(value) else []
    return words, tuple(secrets)


def filled(told: Any, words: Mapping[str, Any]) -> Any:
    """With each `${word}` that is known in its place; one that is a whole text keeps its type."""
    if isinstance(told, Mapping):
        return {name: filled(value, words) for name, value in told.items()}
    if isinstance(told, list | tuple):
        return [filled(value, words) for value in told]
    if not isinstance(told, str):
        return told
    whole = WORD.fullmatch(told)
    if whole and whole[1] in words:
        return words[whole[1]]
    return WORD.sub(lambda found: str(words.get(found[1], found[0])), told)
