"""`python -m devtools.widget_pictures`: draw the widgets' fixtures into docs/images, as README shows them."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware

from devtools.browser import Tab, installed, tab
from devtools.loopback import served
from graphql_api.http.headers import SecurityHeaders
from graphql_api.widgets.assets import Assets
from graphql_api.widgets.origin import Origins

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "images"
SHOWN = "[...document.querySelectorAll('.board > *')].every((one) => one.dataset.state === 'ready')"
PICTURES = {"widgets-en.png": "?preview=1", "widgets-zh.png": "?preview=1&lang=zh"}


def pages(_: str) -> Starlette:
    """The components and the example page without an API behind them."""
    return Starlette(routes=Assets(Origins(())).routes(), middleware=[Middleware(SecurityHeaders)])


def draw(page: Tab, folder: Path) -> None:
    """Write the pictures."""
    with served(pages) as url:
        for name, query in PICTURES.items():
            page.open(f"{url}/widgets/v1/example.html{query}", height=900)
            page.until(SHOWN)
            page.picture(folder / name)


if __name__ == "__main__":
    found = installed()
    if found is None:
        raise SystemExit("no Chromium is installed (Debian: apt install chromium)")
    FOLDER.mkdir(exist_ok=True)
    with tab(found) as opened:
        draw(opened, FOLDER)
