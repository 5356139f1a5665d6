"""Whoever reads a fact for a viewer, or for what the company derives, does so by the rule of visibility."""

import re

import pytest

import cypher
from graph.model import FACTS
from graphql_api.engine_link import NotForViewers, for_viewers
from tests.paths import REPO

FOLDER = REPO / "cypher"
_PASSED = re.compile(r"//[^\n]*|\bMERGE [^\n]*")
"""Comments, and the edge that a statement makes itself."""
_EDGE = re.compile(r"-\[(?P<name>\w*)(?::(?P<types>[\w|]+))?(?P<hops>\*[\d.]*)?[^\]]*\]-")
_PATH = re.compile(r"(\w+) = \([^\n]*-\[:[\w|]+\*")
_RECORD = re.compile(r"\((?P<name>\w*):Interaction\b")
CLOCK = "derive.clock"
"""Of interactions that are hidden it tells no more than how new the newest is."""
LEADS_TO_ROWS = "held"
"""Who is responsible, read to find the rows of somebody: it decides, and no answer tells it."""
CACHES = {"KNOWS"}
"""Facts without an as-of rule: a tie is a cache of today, and fades when it is read."""


def shortcomings(text: str) -> list[str]:
    """What of a statement's text reads facts or interactions past the rules; empty where nothing does."""
    bare = _PASSED.sub("", text)
    paths = set(_PATH.findall(bare))
    found = ["an edge without a type" for _ in re.findall(r"-->|<--|\)--\(", bare)]
    wanted: dict[tuple[str, str], int] = {}
    for edge in _EDGE.finditer(bare):
        types = set((edge["types"] or "").split("|"))
        if edge["name"] == LEADS_TO_ROWS:
            continue
        if not edge["types"]:
            found.append("an edge without a type")
        elif types & FACTS.keys():
            name = _of_paths(bare, paths) if edge["hops"] else edge["name"]
            wanted["seen_by_", name] = wanted.get(("seen_by_", name), 0) + 1
            if not types <= CACHES:
                wanted["", name] = wanted.get(("", name), 0) + 1
    for record in _RECORD.finditer(bare):
        wanted["seen_by_", record["name"]] = wanted.get(("seen_by_", record["name"]), 0) + 1
    return found + [f"{rule or 'as of'}: {name or '(no name)'}" for (rule, name), n in wanted.items()
                    if _held(bare, rule, name) < n]  # fmt: skip


def _of_paths(bare: str, paths: set[str]) -> str:
    """The name that stands for each edge of a path."""
    named = re.findall(r"(\w+) IN relationships\((\w+)\)", bare)
    return next((edge for edge, path in named if path in paths), "")


def _held(bare: str, rule: str, name: str) -> int:
    macros = r"seen_by_\w+" if rule else r"(?:true|stated|known)_at"
    return len(re.findall(rf"\{{\{{{macros} {name}\b", bare)) if name else 0


def texts(sees: str) -> dict[str, str]:
    """Query files by name, before macros are expanded; fragments stand in statements for a viewer."""
    names = [name for name in cypher.names() if cypher.query(name).sees == sees]
    names += [name for name in cypher.templates() if cypher.template(name).sees == sees]
    names += cypher.fragments() if sees == "viewer" else ()
    return {name: (FOLDER / f"{name.replace('.', '/')}.cypher").read_text("utf-8") for name in names}


@pytest.mark.parametrize("name", texts("company"))
def test_what_is_derived_and_learned_rests_on_what_everybody_may_see(name: str) -> None:
    hidden = [found for found in shortcomings(texts("company")[name]) if not found.startswith("as of")]
    assert hidden == []
    assert "seen_by_viewer" not in texts("company")[name]


@pytest.mark.parametrize("name", sorted(texts("viewer").keys() - {CLOCK}))
def test_what_serves_a_viewer_keeps_the_rules(name: str) -> None:
    assert shortcomings(texts("viewer")[name]) == []


WORKS = "MATCH (c)<-[w:WORKS_AT]-(p) WHERE {{true_at w t}} AND {{seen_by_viewer w}} RETURN p"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (WORKS, []),
        (WORKS.replace(" AND {{seen_by_viewer w}}", ""), ["seen_by_: w"]),
        (WORKS.replace("{{true_at w t}} AND ", ""), ["as of: w"]),
        (WORKS.replace("by_viewer w", "by_viewer v"), ["seen_by_: w"]),
        (f"{WORKS} UNION MATCH ()-[w:OWNS]->() RETURN w", ["seen_by_: w", "as of: w"]),
        ("MATCH (c)<-[:WORKS_AT]-(p) RETURN p", ["seen_by_: (no name)", "as of: (no name)"]),
        ("MATCH (a)-[k:KNOWS]-(b) WHERE {{seen_by_viewer k}} RETURN b", []),
        ("MATCH (c)<-[:FOR]-(o:Opportunity) RETURN o", []),
        ("MATCH (c)-[r]-(p) RETURN p", ["an edge without a type"]),
        ("MATCH (c)-->(p) RETURN p", ["an edge without a type"]),
        ("MATCH (p)-[:PARTICIPATED_IN]->(i:Interaction) RETURN i", ["seen_by_: i"]),
        ("MATCH path = (a)-[:REPORTS_TO*1..4]->(b) RETURN b", ["seen_by_: (no name)", "as of: (no name)"]),
        (
            "MATCH path = (a)-[:REPORTS_TO*1..4]->(b)\n"
            "WHERE all(r IN relationships(path) WHERE {{true_at r t}} AND {{seen_by_viewer r}}) RETURN b",
            [],
        ),
    ],
)  # fmt: skip
def test_the_check_finds_what_is_left_out(text: str, says: list[str]) -> None:
    assert shortcomings(text) == says


def test_the_api_reaches_only_what_serves_a_viewer() -> None:
    for name in cypher.names():
        query = cypher.query(name)
        if query.sees == "viewer":
            assert for_viewers(name) is query
        else:
            with pytest.raises(NotForViewers, match=rf"{name} says `sees: {query.sees}`"):
                for_viewers(name)
    with pytest.raises(NotForViewers):
        for_viewers(cypher.template("transfer.nodes").render(label="Contact", key="contact_id"))


def test_each_rule_stands_once() -> None:
    """Nowhere but in macros is visibility weighed, a tie faded, or both clocks of a fact read."""
    pasted = re.compile(r"visibility, '|owner_id = |half_life_days\b[^,]*\)|coalesce\(\w+\.known_from")
    for path in FOLDER.rglob("*.cypher"):
        if path.parent.name != cypher.macros.FOLDER:
            assert not pasted.search(path.read_text("utf-8")), path


def test_every_macro_is_used() -> None:
    used = {
        name
        for path in (*FOLDER.rglob("*.cypher"), *(REPO / "graph").rglob("*.py"))
        for name in re.findall(r"\{\{(\w+) ", path.read_text("utf-8"))
    }
    assert used == set(cypher.all_macros())
