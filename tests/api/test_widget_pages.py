"""The widgets in a real browser, on the example page, whose content policy allows nothing inline."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from cypher import Query
from devtools.browser import Tab, installed, tab
from devtools.loopback import served
from devtools.widget_pictures import PICTURES, SHOWN, draw, pages
from graph.clock import Clock, keep_clock
from graph.store import Store
from graphql_api import ApiConfig, Limits, create_app
from graphql_api.security import TokenBook
from tests.api.company import ACME, ANN, company
from tests.graph.world import NOW

CHROMIUM = installed()
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")

OFFERED = Query(
    "test.offered",
    "MATCH (:Customer)-[r:OFFERED]->(p:Product) RETURN p.product_id AS product, r.outcome AS outcome",
    frozenset(),
    "read",
)
STATES = "[...document.querySelectorAll('.board > *')].map((one) => one.dataset.state).join()"
TEXTS = "[...document.querySelectorAll('.board > *')].map((one) => one.shadowRoot.textContent)"
OWN = """
(() => {
  const made = document.createElement('relgraph-recommendations');
  const words = document.createElement('b');
  words.slot = 'empty';
  words.textContent = 'Come again';
  made.append(words);
  made.id = 'own';
  made.setAttribute('product', 'erp:P1');
  made.getToken = async () => '%s';
  document.body.append(made);
})()
"""
"""A widget that a page makes itself, with its own words for having nothing to show."""
CONTRASTS = """
(() => {
  const light = (rgb) => {
    const [r, g, b] = rgb.match(/[\\d.]+/g).map((one) => one / 255)
      .map((c) => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const behind = (node) => {
    for (let one = node; one; one = one.parentElement ?? one.getRootNode().host) {
      const colour = getComputedStyle(one).backgroundColor;
      if (!/, 0\\)$/.test(colour)) return colour;
    }
  };
  const all = [...document.querySelectorAll('.board > *')]
    .flatMap((one) => [...one.shadowRoot.querySelectorAll('*:not(option)')]);
  const worded = (one) => [...one.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
  return all.filter(worded).map((one) => {
    const [high, low] = [light(getComputedStyle(one).color), light(behind(one))].sort((a, b) => b - a);
    return (high + .05) / (low + .05);
  });
})()
"""
"""Of every text its contrast with what stands behind it (WCAG 2.2, 1.4.3)."""


@pytest.fixture(scope="module")
def page() -> Iterator[Tab]:
    with tab(CHROMIUM or "") as opened:
        yield opened


@pytest.fixture
def site(store: Store, tmp_path: Path) -> Iterator[str]:
    """The API over the small company on a real socket; its own pages may use the widgets."""
    company().load(store)
    keep_clock(store, Clock(NOW, "stamp", "the newest stamp"), NOW)

    def made(address: str) -> Any:
        config = ApiConfig(
            store.config,
            tmp_path / "tokens.json",
            Limits(deadline_s=120),
            widget_origins=frozenset({address}),
        )
        return create_app(config)

    with served(made) as address:
        yield address


def minted(site: str, folder: Path) -> str:
    book = TokenBook(folder / "tokens.json")
    issued = book.create(employee_id=ANN, role="editor", days=1, now=datetime.now(UTC))
    answer = httpx.post(
        f"{site}/widgets/tokens", json={"account": ACME, "origin": site, "inside": True},
        timeout=120, headers={"Authorization": f"Bearer {issued.token}"},
    )  # fmt: skip
    token: str = answer.json()["token"]
    return token


def test_the_widgets_show_an_account_and_tell_what_came_of_it(
    page: Tab, site: str, tmp_path: Path, store: Store
) -> None:
    page.complaints.clear()
    page.open(f"{site}/widgets/v1/example.html")
    page.until(f"{STATES} === 'error,error,error'")
    token = minted(site, tmp_path)
    page.complaints.clear()  # the browser itself logs the three answers of 401
    page.value(f"document.querySelectorAll('.board > *').forEach((one) => {{ one.token = '{token}'; }})")
    page.until(f"{STATES} === 'ready,ready,ready'")
    account, offers, chain = page.value(TEXTS)
    assert "上海宏达机电有限公司" in account
    assert "high · 61%" in account
    assert "Valve" in offers
    assert "customers like this one buy it" in offers
    assert "Who decides: New line" in chain
    assert chain.index("Chief Executive") < chain.index("Engineer"), "a superior stands above"

    page.value(
        "document.querySelector('relgraph-recommendations').shadowRoot.querySelector('button').focus()"
    )
    page.press("Enter")
    page.until(
        "document.querySelector('relgraph-recommendations').shadowRoot.activeElement?.role === 'status'"
    )
    while len(found := store.read(OFFERED)) < 2:
        page.value("new Promise((done) => setTimeout(done, 50))")
    assert {(one["product"], one["outcome"]) for one in found} == {
        ("erp:P2", "shown"),
        ("erp:P2", "accepted"),
    }
    assert page.complaints == []


def test_a_page_without_data_says_so_in_its_own_words(page: Tab, site: str, tmp_path: Path) -> None:
    page.open(f"{site}/widgets/v1/example.html")
    token = minted(site, tmp_path)
    page.value(OWN % token)
    page.until("document.getElementById('own').dataset.state === 'empty'")
    assert page.value("document.querySelector('#own b').assignedSlot.name") == "empty"
    assert page.value("document.querySelector('#own b').getBoundingClientRect().height") > 0


def test_the_fixtures_are_readable_for_everybody(page: Tab) -> None:
    """Roles and names as assistive technology has them, contrast, the keyboard; no engine behind them."""
    page.complaints.clear()
    with served(pages) as url:
        page.open(f"{url}/widgets/v1/example.html?preview=1")
        page.until(SHOWN)
        seen = page.spoken()
        regions = {"上海宏达机电有限公司", "Recommended", "Who decides: Second line"}
        assert regions <= {name for role, name in seen if role == "region"}
        assert {("meter", "Health"), ("button", "Accept: Seal kit 40")} <= set(seen)
        assert ("combobox", "Dismiss… Hydraulic hose") in seen
        contrasts = page.value(CONTRASTS)
        assert len(contrasts) > 30
        assert min(contrasts) >= 4.5
        page.value("document.querySelector('#ask button').focus()")
        held = "document.activeElement.shadowRoot?.activeElement?.getAttribute('aria-label')"
        labels = []
        for _ in range(3):
            page.press("Tab")
            labels.append(page.value(held))
        assert labels == ["Accept: Seal kit 40", "Dismiss… Seal kit 40", "Accept: Hydraulic hose"]
    assert page.complaints == []


def test_the_pictures_of_the_readme_can_be_drawn(page: Tab, tmp_path: Path) -> None:
    draw(page, tmp_path)
    assert all((tmp_path / name).stat().st_size > 20_000 for name in PICTURES)
    assert "李娜" in str(page.value(TEXTS)), "the last one is in Chinese"
