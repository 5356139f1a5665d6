"""The page that a newcomer reads first is true to the code."""

import re
from functools import cache
from pathlib import Path

from relgraph.help import SECTIONS
from relgraph.settings import Settings
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


def _slug(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    words = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading.strip()).lower()
    return re.sub(r"[^\w\- ]", "", words).replace(" ", "-")


@cache
def _text(page: Path) -> str:
    """A page without its blocks of code."""
    return re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)


def _leads_somewhere(page: Path, link: str) -> bool:
    file, _, anchor = link.partition("#")
    named = (page.parent / file).resolve() if file else page
    headings = re.findall(r"^#+ (.*)$", _text(named), re.MULTILINE) if anchor and named.is_file() else []
    return named.exists() and (not anchor or anchor in map(_slug, headings))


def test_links_between_documents_lead_somewhere() -> None:
    pages = [*sorted((REPO / "docs").rglob("*.md")), *sorted(REPO.glob("*.md"))]
    assert len(pages) > 100
    links = [
        (page.name, link)
        for page in pages
        for link in re.findall(r"\]\((?!https?:|mailto:)([^)\s]+)", _text(page))
        if not _leads_somewhere(page, link)
    ]
    assert links == []


def test_every_command_and_setting_stands_on_its_page() -> None:
    text = (REPO / "docs/commands.md").read_text("utf-8")
    parts = text.split("\n## ")
    for heading, names in SECTIONS.items():
        (section,) = (part for part in parts if part.startswith(f"{heading}\n"))
        assert [name for name in names if not re.search(rf"`{name}[ `]", section)] == []
    variables = [str(field.validation_alias) for field in Settings.model_fields.values()]
    assert [name for name in variables if f"`{name}`" not in text] == []
