"""The page that a newcomer reads first is true to the code."""

import re
from pathlib import Path

import pytest

from tests.architecture.test_imports import ALLOWED
from tests.paths import REPO

PAGE = REPO / "docs/architecture.md"
ROOMS = (*ALLOWED, "bench", "devtools", "notebooks", "tests", "docs")
PATH = re.compile(rf"`((?:{'|'.join(ROOMS)})/[\w./-]*)`")


def named_paths(text: str) -> list[str]:
    return sorted({path for path in PATH.findall(text) if "<" not in path})


def test_every_path_of_the_architecture_page_exists() -> None:
    paths = named_paths(PAGE.read_text("utf-8"))
    assert len(paths) > 30
    assert [path for path in paths if not (REPO / path).exists()] == []


def test_every_room_stands_on_the_architecture_page() -> None:
    text = PAGE.read_text("utf-8")
    assert [room for room in ALLOWED if f"| `{room}/`" not in text] == []


@pytest.mark.parametrize("page", sorted((REPO / "docs").rglob("*.md")), ids=lambda page: page.name)
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
