"""Documents that clients name instead of sending them: automatic persisted queries, and registered ones.

Automatic: a client sends the SHA-256 of a document; where nobody sent the document itself yet, it is told so
and sends both once (Apollo's protocol, `extensions.persistedQuery`). Registered: a file says which documents
there are, by id, and then no others are answered.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from graph.errors import UsageError
from graphql_api.errors import BadInput, PersistedQueryNotFound


def digest(text: str) -> str:
    """The SHA-256 of a document, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def registered_in(path: Path) -> dict[str, str]:
    """Documents by id: a JSON object of them (as relay-compiler persists), or a manifest of Apollo's form.

    Raises UsageError for a file that is neither.
    """
    try:
        found = orjson.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise UsageError(f"the registered documents in {path} cannot be read: {error}") from error
    if isinstance(found, dict) and isinstance(found.get("operations"), list):
        found = {one.get("id"): one.get("body") for one in found["operations"] if isinstance(one, dict)}
    if not isinstance(found, dict) or not all(isinstance(one, str) for pair in found.items() for one in pair):
        raise UsageError(f"{path} holds no JSON object of documents by their id")
    return found


class PersistedDocuments:
    """Documents by id or hash: those registered, else those sent last, up to `max_bytes` of text."""

    def __init__(self, max_bytes: int, registered: Mapping[str, str] | None = None) -> None:
        self._registered = registered
        self._by_hash = {digest(text): text for text in (registered or {}).values()}
        self._sent: OrderedDict[str, str] = OrderedDict()
        self._left = max_bytes

    def text(self, request: Mapping[str, Any]) -> str | None:
        """The document that a request sends or names; None where it does neither.

        Raises BadInput, PersistedQueryNotFound.
        """
        query = request.get("query")
        known = request.get("documentId")
        if known is not None:
            return self._named(known)
        asked = _asked_hash(request.get("extensions"))
        if asked is None:
            return query if isinstance(query, str) else None
        if query is None:
            return self._hashed(asked)
        if not isinstance(query, str) or digest(query) != asked:
            raise BadInput("`sha256Hash` is not the SHA-256 of `query`")
        self._keep(asked, query)
        return query

    def _named(self, document_id: Any) -> str:
        found = (self._registered or {}).get(document_id) if isinstance(document_id, str) else None
        return self._hashed(document_id) if found is None else found

    def _hashed(self, asked: Any) -> str:
        if not isinstance(asked, str):
            raise BadInput("the id of a document must be a string")
        found = self._by_hash.get(asked)
        if found is None and asked in self._sent:
            self._sent.move_to_end(asked)
            found = self._sent[asked]
        if found is None:
            raise PersistedQueryNotFound
        return found

    def _keep(self, asked: str, text: str) -> None:
        if asked in self._sent or self._registered is not None:
            return
        self._sent[asked] = text
        self._left -= len(text)
        while self._left < 0 and len(self._sent) > 1:
            _, dropped = self._sent.popitem(last=False)
            self._left += len(dropped)


def _asked_hash(extensions: Any) -> str | None:
    """What a request asks for by hash; raises BadInput for extensions that are none."""
    if extensions is None:
        return None
    if not isinstance(extensions, Mapping):
        raise BadInput("`extensions` must be an object")
    persisted = extensions.get("persistedQuery")
    if persisted is None:
        return None
    if not isinstance(persisted, Mapping) or persisted.get("version") != 1:
        raise BadInput("`persistedQuery` must be an object of version 1 with a `sha256Hash`")
    asked = persisted.get("sha256Hash")
    if not isinstance(asked, str):
        raise BadInput("`sha256Hash` must be a string")
    return asked.lower()
