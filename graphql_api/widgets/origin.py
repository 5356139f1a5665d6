"""From which pages a browser may call the widgets: an allow-list, and what CORS makes of it.

CORS is the Fetch standard's (fetch.spec.whatwg.org, "CORS protocol"). Without a list no page of another site
gets an answer.
"""

import re
from collections.abc import Collection, Mapping

from starlette.datastructures import Headers

_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?|https?://\[[0-9a-f:]+\](:\d{1,5})?")
_BEGINNING = re.compile(r"(https?://[^/?#]+)")
PREFLIGHT_S = 600
"""How long a browser may remember what a preflight said."""


def is_origin(text: str) -> bool:
    """Whether it is an origin as browsers send it: scheme, host, port; lower case, nothing behind."""
    return _ORIGIN.fullmatch(text) is not None


def page_origin(headers: Headers) -> str | None:
    """Where the page that asks comes from; a browser sends no Origin where a page asks its own site."""
    sent = headers.get("origin")
    if sent is not None:
        return sent
    page = _BEGINNING.match(headers.get("referer", ""))
    return page[1].lower() if page else None


class Origins:
    """The origins of the list."""

    def __init__(self, allowed: Collection[str]) -> None:
        self._allowed = frozenset(allowed)

    def __contains__(self, origin: str) -> bool:
        return origin in self._allowed

    def __bool__(self) -> bool:
        return bool(self._allowed)

    def headers(self, origin: str | None) -> dict[str, str]:
        """For an answer to this origin; caches must tell origins apart whatever the answer."""
        if origin is None or origin not in self._allowed:
            return {"Vary": "Origin"}
        return {"Vary": "Origin", "Access-Control-Allow-Origin": origin}

    def preflight(self, origin: str | None, methods: str) -> Mapping[str, str]:
        """For the answer to the question whether a page may ask with these methods."""
        headers = self.headers(origin)
        if "Access-Control-Allow-Origin" in headers:
            headers |= {
                "Access-Control-Allow-Methods": methods,
                "Access-Control-Allow-Headers": "Authorization, Content-Type",
                "Access-Control-Max-Age": str(PREFLIGHT_S),
            }
        return headers
