"""The rules in the benches: the printed table, the bare statements, the memory of a process tree."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest
from neo4j import GraphDatabase

from bench.bare import BareGraph, read_graph, write_graph
from bench.bare.graph import kinds
from bench.bare.text import pattern, statement, times_clause
from bench.demo import run_sampled
from bench.machine import machine_facts
from bench.readme import filled
from bench.report import Result, Table, keep, markdown
from bench.sampling import resident
from graph.store import Store
from tests.conftest import wipe

TABLE = Table("Load", ("engine", "items", "seconds"), [("embedded", 12345, 1.5)], ("Read it so.",))
RESULT = Result("load", "make bench", datetime(2026, 3, 1, 9, 30, tzinfo=UTC), {"cores": "2"}, [TABLE])
PAGE = """# load

`make bench`, 2026-03-01 09:30 UTC

cores 2

## Load

| engine | items | seconds |
| --- | --- | --- |
| embedded | 12,345 | 1.50 |

- Read it so.
"""


def test_a_result_is_a_page_and_the_same_as_data(tmp_path: Path) -> None:
    page, data = keep(RESULT, tmp_path)
    assert page.read_text(encoding="utf-8") == markdown(RESULT) == PAGE
    assert orjson.loads(data.read_bytes())["tables"][0]["rows"] == [["embedded", 12345, 1.5]]


def test_machine_facts_name_no_host_and_no_path() -> None:
    facts = machine_facts()
    assert {"cores", "memory", "python", "neo4j", "arcadedb-embedded"} <= facts.keys()
    assert not [value for value in facts.values() if "/" in value]


def test_a_process_and_its_children_are_counted(tmp_path: Path) -> None:
    hold = "import sys; block = bytearray(50_000_000); sys.stdin.read()"
    command = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hold!r}])"
    with subprocess.Popen([sys.executable, "-c", command], stdin=subprocess.PIPE) as process:
        while resident(process.pid, tmp_path) < 55_000_000:
            assert process.poll() is None
        process.communicate()


def test_steps_are_the_lines_a_command_prints(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError, match="non-zero exit status 2"):
        run_sampled(["relgraph", "demo", "--no-such-option"], tmp_path)
    steps, seconds = run_sampled(["relgraph", "--help"], tmp_path)
    assert [step.name for step in steps] == ["start"]
    assert seconds > 0


def test_bare_statements_leave_no_placeholder() -> None:
    names = {"type": "T", "start": "A", "start_key": "k", "end": "B", "end_key": "j"}
    merged = pattern("T", "line", "start")
    text = statement("relationship", **names, pattern=merged, times=times_clause("r", {"at", "seen"}))
    assert "MERGE (a)-[r:T {line: row.key}]->(b)" in text
    assert text.rstrip().endswith(
        "SET r += row.props, r.at = datetime(row.times.at), r.seen = datetime(row.times.seen)"
    )
    assert pattern("T", None, "end") == "(b)<-[r:T]-(a)"
    assert len({(kind.type, kind.start, kind.end) for kind in kinds()}) == len(list(kinds()))


def in_order(graph: BareGraph) -> list[tuple[str, list[str]]]:
    """Every statement with its rows, rows in an order of their own."""
    return [(batch.text, sorted(map(str, batch.rows))) for batch in (*graph.nodes, *graph.relationships)]


def test_what_the_bare_side_writes_is_what_it_read(store: Store) -> None:
    at = "2025-01-01T00:00:00+00:00"
    store.upsert_nodes("Order", [{"id": "o", "props": {"ordered_at": at, "amount": 2.5}}])
    store.upsert_nodes("Product", [{"id": "p", "props": {"name": "Pump"}}])
    lines = [
        {"start": "o", "end": "p", "key": line, "props": {"line": line, "quantity": 1.0}} for line in (1, 2)
    ]
    store.upsert_parts("CONTAINS", "Order", "Product", lines)
    endpoint = store.endpoint
    with GraphDatabase.driver(endpoint.uri, auth=endpoint.auth, notifications_min_severity="OFF") as driver:
        before = read_graph(driver, store.config.database)
        wipe(store)
        write_graph(driver, store.config.database, before)
        after = read_graph(driver, store.config.database)
    assert in_order(after) == in_order(before)
    assert before.counts == (2, 2)


def test_the_readme_shows_what_was_printed_but_no_token() -> None:
    page = "before\n<!-- answer -->\nold\n<!-- /answer -->\nafter\n"
    printed = "\nWho decides\n  Ada  \nToken: abc\n"
    shown = filled(page, printed)
    block = "```\n$ relgraph demo --no-serve\n\nWho decides\n  Ada\n```\n"
    assert shown == f"before\n<!-- answer -->\n{block}<!-- /answer -->\nafter\n"
    assert filled(shown, printed) == shown
