"""The token file: who may ask, with the SHA-256 of each token and never the token itself.

A token is `rg_<id>_<secret>`, the secret 256 random bits. A plain hash is enough for secrets of that length:
nobody can guess through them, so a slow password hash would only slow each request down.
"""

import fcntl
import hashlib
import hmac
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from graph.errors import NotFound, RelgraphError, UsageError
from graph.private import replace_private
from graphql_api.access.grant import Grant, grant_of

TokenRole = Literal[
    "account_manager", "team_lead", "executive", "support", "marketing", "product", "data_scientist",
    "widget", "admin", "editor", "reader",
]  # fmt: skip
"""Roles of `graphql_api/access/rules.yml`, which says what each may see and state."""

ROLES: tuple[TokenRole, ...] = get_args(TokenRole)


class Identity(BaseModel):
    """One issued token without its secret; `employee_id` is None for a service."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    token_id: str
    employee_id: str | None
    role: TokenRole
    regions: tuple[str, ...] = ()
    """Values of `Customer.region` to which the rows are narrowed."""
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None

    @property
    def may_assert(self) -> bool:
        """Whether this identity may state anything."""
        return self.grant.may_state_anything

    @property
    def grant(self) -> Grant:
        """What its role may see and state."""
        return grant_of(self.role)


_Stamp = tuple[int, int, int]


class TokenBookDamaged(RelgraphError):
    """The token file is not what this program wrote."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is not a token file; move it away and create the tokens again")


class TokenNotFound(NotFound):
    """No token has the id that was given."""

    def __init__(self, token_id: str) -> None:
        super().__init__("token", token_id)


class RowsUnknown(UsageError):
    """Whose customers the token shows cannot be told from what was given."""


def check_rows(role: TokenRole, employee_id: str | None, regions: tuple[str, ...]) -> None:
    """Raise RowsUnknown where the role's rows need an employee or a region that is not given, or none fit."""
    rows = grant_of(role).rows
    if rows in ("own", "team") and employee_id is None:
        raise RowsUnknown(
            f"a token of role {role} shows the accounts of an employee; say which by --employee"
        )
    if rows in ("own", "team") and regions:
        raise RowsUnknown(f"a token of role {role} shows the accounts of its employee, not those of regions")
    if rows == "region" and not regions:
        raise RowsUnknown(f"a token of role {role} shows the accounts of regions; say which by --region")


class Entry(BaseModel):
    """One line of the file: the identity and the hash of its token."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    identity: Identity
    sha256: str


class _Pages(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int = 1
    tokens: tuple[Entry, ...] = ()


class Issued(NamedTuple):
    """A new token, shown this once, and the identity it stands for."""

    token: str
    identity: Identity


class TokenBook:
    """Reads and writes the token file (mode 0600); a change of the file counts from the next request on."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: _Stamp | None = None
        self._entries: dict[str, Entry] = {}

    def create(
        self,
        *,
        employee_id: str | None,
        role: TokenRole,
        days: float,
        now: datetime,
        regions: tuple[str, ...] = (),
    ) -> Issued:
        """Issue a token that ends `days` after `now`; raises RowsUnknown."""
        check_rows(role, employee_id, regions)
        token_id, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
        identity = Identity(
            token_id=token_id,
            employee_id=employee_id,
            role=role,
            regions=regions,
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        token = f"rg_{token_id}_{secret}"
        with self._changing() as entries:
            entries[token_id] = Entry(identity=identity, sha256=_digest(token))
        return Issued(token, identity)

    def revoke(self, token_id: str, now: datetime) -> Identity:
        """End a token at once; raises TokenNotFound."""
        with self._changing() as entries:
            if token_id not in entries:
                raise TokenNotFound(token_id)
            entry = entries[token_id]
            identity = entry.identity.model_copy(update={"revoked_at": entry.identity.revoked_at or now})
            entries[token_id] = entry.model_copy(update={"identity": identity})
        return identity

    def identities(self) -> list[Identity]:
        """All tokens ever issued, oldest first."""
        return sorted((entry.identity for entry in self._current().values()), key=lambda who: who.created_at)

    def find(self, token: str) -> Identity | None:
        """The identity of a genuine token (perhaps expired or revoked), or None."""
        _, _, rest = token.partition("_")
        entry = self._current().get(rest.partition("_")[0])
        expected = entry.sha256 if entry else ""
        return entry.identity if hmac.compare_digest(_digest(token), expected) and entry else None

    def by_id(self, token_id: str) -> Identity | None:
        """The identity of a token by its public id, or None."""
        entry = self._current().get(token_id)
        return entry.identity if entry else None

    def _current(self) -> dict[str, Entry]:
        stamp = _stamp(self._path)
        if stamp != self._stamp:
            self._entries = _read(self._path)
            self._stamp = stamp
        return self._entries

    @contextmanager
    def _changing(self) -> Iterator[dict[str, Entry]]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            entries = _read(self._path)
            yield entries
            _write(self._path, entries)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _stamp(path: Path) -> _Stamp | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return (found.st_ino, found.st_mtime_ns, found.st_size)


def _read(path: Path) -> dict[str, Entry]:
    try:
        pages = _Pages.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (ValidationError, OSError) as error:
        raise TokenBookDamaged(path) from error
    return {entry.identity.token_id: entry for entry in pages.tokens}


def _write(path: Path, entries: dict[str, Entry]) -> None:
    replace_private(path, _Pages(tokens=tuple(entries.values())).model_dump_json(indent=1).encode())
