"""Every query has a caller, a known-answer test, and passes EXPLAIN on a real Neo4j."""

import re
from collections.abc import Iterator

import pytest

import cypher
from cypher import Query
from graph.model import FACTS, NODES, PARTS
from graph.store import Store, writes
from tests.paths import REPO

CODE = ("graph", "ingest", "gnn", "graphql_api", "relgraph")


def texts(*folders: str) -> str:
    return "\n".join(
        path.read_text("utf-8") for folder in folders for path in sorted((REPO / folder).rglob("*.py"))
    )


def mentioned(name: str, text: str) -> bool:
    return re.search(rf"[\"']{re.escape(name)}[\"']", text) is not None


def begun_names(text: str) -> list[str]:
    """Beginnings of names that code completes, such as `snapshot.` in `f"snapshot.{table}"`."""
    return re.findall(r"f[\"']([a-z_]+\.[a-z_]*)\{", text)


def test_every_query_has_a_caller() -> None:
    """By its whole name, or by an f-string that begins with its subject and a dot."""
    code = texts(*CODE)
    begun = tuple(begun_names(code))
    for_tests = {"store.erase_nodes", "store.erase_relationships"}
    called = [*cypher.names(), *(name for name in cypher.templates() if not name.startswith("load."))]
    called += cypher.fragments()
    assert [
        name for name in called if not (mentioned(name, code) or name.startswith(begun) or name in for_tests)
    ] == []


def test_every_query_has_a_known_answer_test() -> None:
    tested = texts("tests")
    listed = (*cypher.names(), *cypher.fragments())
    assert [name for name in listed if not mentioned(name, tested)] == []


def test_every_file_of_the_folder_is_in_the_catalogue() -> None:
    elsewhere = {"neo4j", "arcadedb", "macro"}
    files = {
        f"{path.parent.name}.{path.stem}"
        for path in (REPO / "cypher").rglob("*.cypher")
        if path.parent.name not in elsewhere
    }
    assert files == {*cypher.names(), *cypher.templates(), *cypher.fragments()}


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
    """The customer's parts, one by one and all together, in both statements that take them."""
    parts = cypher.fragments()
    for name in ("customer.by_ids", "customer.certain"):
        yield cypher.composed(name, parts)
        yield from (cypher.composed(name, (part,)) for part in parts)


def rendered_drops() -> Iterator[Query]:
    """Every deletion of outdated facts that derive can run."""
    for name, fact in FACTS.items():
        for label in {end for _, end in fact.ends}:
            slots = {"end": label, "end_key": NODES[label].key}
            yield cypher.template("derive.drop_facts").render(type=name, **slots)


def test_every_query_passes_explain(store: Store) -> None:
    """On a real Neo4j, whose planner checks more; EXPLAIN runs nothing."""
    if store.engine != "neo4j":
        pytest.skip("EXPLAIN is checked on Neo4j; the embedded engine answers it without planning")
    constant = [cypher.query(name) for name in cypher.names()]
    for query in (*constant, *rendered_loads(), *rendered_transfers(), *rendered_drops(), *composed()):
        store.explain(query)
