"""Answers that a browser keeps: a strong ETag per encoding, 304 where it has it, gzip where shorter."""

import gzip
import hashlib
import re

from starlette.datastructures import Headers
from starlette.responses import Response

from graphql_api.http.accept import encodings

_SHORT = 400
"""Bytes below which compressing gains nothing."""
_TAG = re.compile(r'(?:W/)?("[^"]*")|\*')


class Encoded:
    """A body as it is sent plain and compressed, with its tags."""

    def __init__(self, body: bytes) -> None:
        tag = hashlib.blake2b(body, digest_size=12).hexdigest()
        packed = gzip.compress(body, 6, mtime=0) if len(body) > _SHORT else body
        self._plain = (body, f'"{tag}"', None)
        self._packed = (packed, f'"{tag}-gzip"', "gzip") if len(packed) < len(body) else self._plain

    def response(self, request: Headers, media: str, headers: dict[str, str]) -> Response:
        """The answer to a request with these headers; 304 without a body where it has it already."""
        packs = "gzip" in encodings(request.get("accept-encoding", ""))
        body, tag, encoding = self._packed if packs else self._plain
        vary = ", ".join(filter(None, (headers.get("Vary"), "Accept-Encoding")))
        shown = headers | {"ETag": tag, "Vary": vary}
        if _has(request.get("if-none-match", ""), tag):
            return Response(status_code=304, headers=shown)
        if encoding:
            shown["Content-Encoding"] = encoding
        return Response(body, headers=shown, media_type=media)


def _has(none_match: str, tag: str) -> bool:
    """RFC 9110, section 13.1.2: weak comparison, any of a list."""
    return any(found[0] == "*" or found[1] == tag for found in _TAG.finditer(none_match))
