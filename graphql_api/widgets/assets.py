"""The components and an example page, under an address that names their version."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graphql_api.widgets.cached import Encoded
from graphql_api.widgets.origin import Origins

FOLDER = Path(__file__).parent.parent / "static" / "widgets" / "v1"
KINDS = {
    ".js": "text/javascript",
    ".ts": "text/plain",
    ".html": "text/html",
    ".css": "text/css",
}
KEPT = "public, max-age=3600"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' https: data:; "
    "require-trusted-types-for 'script'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
"""Of the example page: what a strict page of another site would say, too."""


class Assets:
    """Serves the files of the folder from memory; they hold no data, so they need no token."""

    def __init__(self, origins: Origins) -> None:
        self._origins = origins
        self._files = {
            path.name: (Encoded(path.read_bytes()), KINDS[path.suffix]) for path in sorted(FOLDER.iterdir())
        }

    def routes(self) -> list[Route]:
        """One address per file."""
        return [Route(f"/widgets/v1/{name}", self._file, methods=["GET"]) for name in self._files]

    async def _file(self, request: Request) -> Response:
        encoded, kind = self._files[request.url.path.rpartition("/")[2]]
        headers = self._origins.headers(request.headers.get("origin"))
        headers |= {"Cache-Control": KEPT, "Cross-Origin-Resource-Policy": "cross-origin"}
        if kind == KINDS[".html"]:
            headers |= {"Content-Security-Policy": POLICY}
        return encoded.response(request.headers, f"{kind}; charset=utf-8", headers)
