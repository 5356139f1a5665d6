"""Every query has a caller and a known-answer test that runs it, and passes EXPLAIN on a real Neo4j."""

import ast
import re
from collections.abc import Iterator
from itertools import accumulate

import pytest

import cypher
from cypher import Query
from graph.forecast import LABELS
from graph.model import FACTS, NODES, PARTS
from graph.store import Store, writes
from tests.paths import REPO

CODE = ("graph", "ingest", "gnn", "graphql_api", "relgraph")


def parsed(*folders: str) -> Iterator[ast.Module]:
    for folder in folders:
        for path in sorted((REPO / folder).rglob("*.py")):
            yield ast.parse(path.read_text("utf-8"))


def strings(tree: ast.AST) -> set[str]:
    """Every string of a module that is not documentation."""
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation
    }


def completed(tree: ast.AST) -> Iterator[re.Pattern[str]]:
    """The names that f-strings such as `f"snapshot.{table}"` can make of the strings in the same module."""
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr))
    open_names = [text for text in texts if _names_a_query(text)]
    if not open_names:
        return
    values = "|".join(re.escape(value) for value in strings(tree) if value.isidentifier())
    for node in open_names:
        yield re.compile("".join(_pattern(part, values) for part in node.values))


def _names_a_query(text: ast.JoinedStr) -> bool:
    """Whether its fixed parts are those of a `subject.verb`."""
    fixed = "".join(str(part.value) for part in text.values if isinstance(part, ast.Constant))
    return fixed.count(".") == 1 and re.fullmatch(r"[a-z_.]+", fixed) is not None


def _pattern(part: ast.expr, values: str) -> str:
    return re.escape(str(part.value)) if isinstance(part, ast.Constant) else f"(?:{values})"


def test_every_query_has_a_caller() -> None:
    """By its whole name, or by an f-string whose open part the same module spells out."""
    for_tests = {"store.erase_nodes", "store.erase_relationships"}
    uncalled = {*cypher.names(), *cypher.templates(), *cypher.fragments()} - for_tests
    trees = list(parsed(*CODE))
    uncalled = uncalled.difference(*map(strings, trees))
    for tree in trees:
        shapes = list(completed(tree))
        uncalled -= {name for name in uncalled if any(shape.fullmatch(name) for shape in shapes)}
    assert sorted(uncalled) == []


def claimed(tree: ast.AST) -> Iterator[str]:
    """Names in `@pytest.mark.query(...)`; `tests/conftest.py` fails a marked test that does not run them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.query":
            yield from (ast.literal_eval(argument) for argument in node.args)


def test_every_query_has_a_known_answer_test() -> None:
    tested = {name for tree in parsed("tests") for name in claimed(tree)}
    named = {*cypher.names(), *cypher.fragments()}
    assert sorted(named - tested) == [], "has no test marked @pytest.mark.query(name)"
    assert sorted(tested - named - set(cypher.templates())) == [], "is marked, but is no query"


def test_every_file_of_the_folder_is_in_the_catalogue() -> None:
    elsewhere = {"neo4j", "arcadedb", "macro"}
    files = {
        f"{path.parent.name}.{path.stem}"
        for path in (REPO / "cypher").rglob("*.cypher")
        if path.parent.name not in elsewhere
    }
    assert files == {*cypher.names(), *cypher.templates(), *cypher.fragments()}


def begins_at_a_list(text: str) -> list[str]:
    """Where a text reads nodes by a list in a condition.

    The embedded engine reads the whole label for it as soon as a pattern follows: see docs/engines.md.
    """
    clause = r"(?:(?!\b(?:MATCH|WITH|RETURN|UNWIND|WHERE)\b).)*?"
    begun = re.compile(
        rf"(?<!OPTIONAL )\bMATCH\s+\((\w+):\w+\){clause}\bWHERE\s+\1\.\w+\s+IN\s+\$\w+", re.DOTALL
    )
    return [found.group() for found in begun.finditer(text)]


def test_no_statement_begins_at_a_list_in_a_condition() -> None:
    texts = {name: cypher.query(name).text for name in cypher.names()}
    texts |= {name: cypher.template(name).text for name in cypher.templates()}
    said = {name: found for name, text in texts.items() if (found := begins_at_a_list(text))}
    assert said == {}, "write UNWIND $ids AS asked MATCH (n:Label {id: asked})"


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (c:Change)\nWHERE c.change_id IN $ids\nRETURN c",
        "MATCH (c:Customer) WHERE c.customer_id IN $ids MATCH (c)<-[:FOR]-(t:Ticket) RETURN t",
        "MATCH (c:Customer)<-[:FOR]-(t:Ticket) WHERE c.customer_id IN $ids RETURN t",
    ],
)
def test_a_list_in_a_condition_is_found(text: str) -> None:
    assert begins_at_a_list(text)


def sorted_by_its_map(text: str) -> list[str]:
    """Nodes whose map has no name, and is sorted by what it does not hold: see docs/engines.md."""
    plain = re.sub(r"\{\{.*?\}\}", "true", re.sub(r"//.*", "", text))
    return [
        node
        for found in re.finditer(r"(?:\bRETURN\s+(?:DISTINCT\s+)?|,\s*)(\w+)\s*(?=\{)", plain)
        if (node := found[1]) and _asked(node, plain[found.end() :])
    ]


def _asked(node: str, rest: str) -> set[str]:
    """What the order behind a map asks of its node, without what the map holds as it is."""
    depths = accumulate({"{": 1, "}": -1}.get(sign, 0) for sign in rest)
    end = next(place for place, depth in enumerate(depths, 1) if depth == 0)
    order = re.match(
        r"(?:\s*,[^{}]*?)?\s*ORDER\s+BY((?:(?!\b(?:LIMIT|SKIP|RETURN|UNION|WITH)\b)[^}])*)", rest[end:]
    )
    held = set(re.findall(r"(?<!\w)\.(\w+)", rest[:end]))
    return set(re.findall(rf"\b{node}\.(\w+)", order[1])) - held if order else set()


def test_no_map_is_sorted_by_what_it_does_not_hold() -> None:
    said = {
        path.stem: found
        for path in (REPO / "cypher").rglob("*.cypher")
        if (found := sorted_by_its_map(path.read_text("utf-8")))
    }
    assert said == {}, "give the map a name: RETURN n {.a} AS one ORDER BY n.b"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("COLLECT { MATCH (c)--(s) RETURN s {.band} ORDER BY s.as_of DESC LIMIT 1 }", ["s"]),
        ("RETURN s {.band, tags: COLLECT { MATCH (s)--(g) RETURN g.name }}\nORDER BY s.as_of", ["s"]),
        ("RETURN s {.band, as_of: toString(s.as_of)} ORDER BY s.as_of", ["s"]),
        ("RETURN s {.band} AS score ORDER BY s.as_of", []),
        ("RETURN s {.band, .as_of} ORDER BY s.as_of DESC", []),
        ("RETURN s {.band} LIMIT 1 } AS a, COLLECT { MATCH (s) RETURN s.x ORDER BY s.as_of }", []),
    ],
)
def test_a_map_that_is_sorted_by_its_node_is_found(text: str, found: list[str]) -> None:
    assert sorted_by_its_map(text) == found


def rendered_loads() -> Iterator[Query]:
    """Every statement that an upsert can run, with all moments and with none."""
    for label in NODES:
        yield from both(writes.node_upsert(label))
    for name, fact in FACTS.items():
        for start, end in fact.ends:
            yield from both(writes.fact_upsert(name, start, end))
    for name, part in PARTS.items():
        for start, end in part.ends:
            yield from both(writes.part_upsert(name, start, end))


def both(upsert: writes.Upsert) -> Iterator[Query]:
    yield upsert.statement(())
    yield upsert.statement(writes.temporal_fields(upsert.model))


def rendered_transfers() -> Iterator[Query]:
    for label, model in NODES.items():
        for name in ("transfer.ids", "transfer.nodes"):
            yield cypher.template(name).render(label=label, key=model.key)
    for name, edge in (FACTS | PARTS).items():
        for start, end in edge.ends:
            slots = {"start": start, "start_key": NODES[start].key, "end": end, "end_key": NODES[end].key}
            yield cypher.template("transfer.any").render(type=name, start=start, end=end)
            for verb in ("relationships", "relationships_from_end"):
                yield cypher.template(f"transfer.{verb}").render(type=name, **slots)


def composed() -> Iterator[Query]:
    """The customer's parts, one by one and all together."""
    parts = tuple(name for name in cypher.fragments() if name.startswith("customer_part."))
    yield cypher.composed("customer.parts", parts)
    yield from (cypher.composed("customer.parts", (part,)) for part in parts)


def rendered_drops() -> Iterator[Query]:
    """Every deletion of outdated facts that derive can run."""
    for name, fact in FACTS.items():
        for label in {end for _, end in fact.ends}:
            slots = {"end": label, "end_key": NODES[label].key}
            yield cypher.template("derive.drop_facts").render(type=name, **slots)


def rendered_forecasts() -> Iterator[Query]:
    """What stands and what is kept of each label that models forecast."""
    for label in LABELS:
        for name in ("score_write.standing_forecasts", "track_record.forecasts"):
            yield cypher.template(name).render(label=label, key=NODES[label].key)


def test_every_query_passes_explain(store: Store) -> None:
    """On a real Neo4j, whose planner checks more; EXPLAIN runs nothing."""
    if store.engine != "neo4j":
        pytest.skip("EXPLAIN is checked on Neo4j; the embedded engine answers it without planning")
    constant = [cypher.query(name) for name in cypher.names()]
    rendered = (*rendered_loads(), *rendered_transfers(), *rendered_drops(), *rendered_forecasts())
    for query in (*constant, *rendered, *composed()):
        store.explain(query)
