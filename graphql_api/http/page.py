"""GET /graphql: the GraphiQL page, from files of this machine only."""

import logging
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

STATIC = Path(__file__).parent.parent / "static"
ASSETS = STATIC / "graphiql"
MISSING = (
    "The files of the GraphiQL page are not here; GraphQL itself works. "
    "To get the page, install Node.js and run `make setup`, or `npm run build` in graphql_api/graphiql."
)
POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "object-src 'none'; frame-ancestors 'none'; base-uri 'none'"
)
"""The page may load nothing from elsewhere, so that it works offline and a token cannot leave."""

log = logging.getLogger("graphql_api")


class Page:
    """Serves GraphiQL, or a page that says what is missing."""

    def __init__(self, assets: Path = ASSETS) -> None:
        self._built = (assets / "graphiql.min.js").is_file()
        if not self._built:
            log.warning(MISSING)

    async def __call__(self, _request: Request) -> Response:
        """The page; it holds no data, so it needs no token (its requests do)."""
        name = "graphiql.html" if self._built else "missing.html"
        text = (STATIC / name).read_text(encoding="utf-8").replace("{{missing}}", MISSING)
        return HTMLResponse(
            text, headers={"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"}
        )
