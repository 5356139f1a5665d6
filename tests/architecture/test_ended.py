"""Whoever reads records that sources delete leaves out those that had ended by the moment in question."""

import ast
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.paths import REPO

RECORDS = {
    "Order",
    "Quote",
    "Invoice",
    "Payment",
    "Ticket",
    "Opportunity",
    "Interaction",
    "Task",
    "Lead",
    "Contract",
}
"""What happens with customers: it is counted and listed, and sources delete it."""
_COMMENT = re.compile(r"(?://|--)[^\n]*|(?:MERGE|CREATE) [^\n]*")
_NODE = re.compile(r"\((?P<name>\w*):(?P<labels>[\w|]+)")
_UNION = re.compile(r"^CALL \(\) \{.*?^\}", re.M | re.S)
"""Branches that find the same names, on which one rule behind them stands."""
_VIEW = re.compile(r"\bnode_(?P<label>\w+)(?:[ \n]+(?:AS )?(?P<name>(?!JOIN|WHERE|ON|USING|LEFT|UNION)\w+))?")
_RULES = r"(?:standing_at|open_task|selected_\w+)"

NAMES_IT = "names the deal of a fact or an alert: facts end with their ends, alerts with the next derive"
BY_ID = "reads records by ids that are known: one that ended is shown with its end, where ids lead to it"
SIGHT = "decides who may see somebody or something, whatever became of it"
CUT = "windows may begin before a deletion: `gnn/snapshot/cut.py` leaves out what had ended by then"
READ_BEFORE = "joins what leaves out the ended ones itself"
EXEMPT = {
    "account/state.cypher": NAMES_IT,
    "alert/told.cypher": NAMES_IT,
    "chain/of.cypher": NAMES_IT,
    "chain/put_gaps.cypher": NAMES_IT,
    "chain/targets.cypher": NAMES_IT,
    "completeness/deal.cypher": NAMES_IT,
    "day/facts.cypher": NAMES_IT,
    "day/tasks.cypher": NAMES_IT,
    "derive/accounts.cypher": NAMES_IT,
    "edge/statements.cypher": NAMES_IT,
    "employee/accounts.cypher": NAMES_IT,
    "network/around.cypher": NAMES_IT,
    "opportunity/customer.cypher": NAMES_IT,
    "relationship/stances.cypher": NAMES_IT,
    "record/jobs.cypher": NAMES_IT,
    "alias/resolve.cypher": BY_ID,
    "record/interaction.cypher": BY_ID,
    "record/people.cypher": BY_ID,
    "search/deals.cypher": BY_ID,
    "writing/close_task.cypher": BY_ID,
    "writing/create_task.cypher": BY_ID,
    "writing/log_interaction.cypher": BY_ID,
    "writing/named.cypher": BY_ID,
    "macro/contact_in_scope.cypher": SIGHT,
    "macro/contact_open.cypher": SIGHT,
    "macro/contact_seen.cypher": SIGHT,
    "macro/item_in_scope.cypher": SIGHT,
    "day/meetings.cypher": "the roles of a guest, on deals too: facts end with their ends",
    "derive/clock.cypher": "that something happened on a day stays true when its record is deleted",
    "profile/habits.sql": READ_BEFORE,
    "snapshot/interests.sql": CUT,
    "snapshot/lines.sql": CUT,
    "snapshot/participations.sql": CUT,
    "snapshot/deal_values.sql": "versions of deals, which follow the deals that a snapshot keeps",
    "snapshot/product_values.sql": "what was sold had its name, whatever became of the order",
    "profile/freshness.sql": READ_BEFORE,
}


def unheld(text: str) -> list[str]:
    """Names under which a Cypher statement reads records without asking whether they had ended."""
    bare = _UNION.sub(_once, _COMMENT.sub("", text))
    read = Counter(one["name"] for one in _NODE.finditer(bare) if RECORDS & set(one["labels"].split("|")))
    return [name or "(no name)" for name, times in read.items() if _asked(bare, name) < times]


def _once(union: re.Match[str]) -> str:
    """The nodes of a union, each once, and the rules in it."""
    rules = re.findall(r"\{\{\w+ [^}]*\}\}", union[0])
    return " ".join(sorted({one[0] + ")" for one in _NODE.finditer(union[0])}) + rules)


def unheld_views(text: str) -> list[str]:
    """The same of a statement over the history."""
    bare = _COMMENT.sub("", text)
    labels = {label.lower() for label in RECORDS}
    read = {one["name"] or "" for one in _VIEW.finditer(bare) if one["label"] in labels}
    return [
        name or "(no name)"
        for name in sorted(read)
        if not re.search(rf"\b{name}\.ended_at\b" if name else r"\bended_at\b", bare)
    ]


def _asked(bare: str, name: str) -> int:
    return len(re.findall(rf"\{{\{{{_RULES} {name}\b|\b{name}\.ended_at IS NULL", bare)) if name else 0


def statements(suffix: str, *folders: str) -> Iterator[tuple[str, str]]:
    for folder in folders:
        for path in sorted((REPO / folder).rglob(f"*.{suffix}")):
            yield f"{path.parent.name}/{path.name}", path.read_text("utf-8")


def written_in_python() -> Iterator[tuple[str, str]]:
    """Per file of Python all Cypher in it: texts that match something."""
    for name, text in statements("py", "graph", "gnn", "graphql_api", "relgraph", "ingest"):
        if "MATCH (" in text:
            for found in ast.walk(ast.parse(text)):
                if "MATCH (" in (cypher := _text(found)):
                    yield name, cypher


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_cypher_in_python_leaves_out_what_had_ended() -> None:
    found = list(written_in_python())
    assert "record_list/kind.py" in {name for name, _ in found}
    assert [(name, bad) for name, text in found if (bad := unheld(text))] == []


def test_every_query_leaves_out_what_had_ended() -> None:
    found = {name: unheld(text) for name, text in statements("cypher", "cypher")}
    assert {name: bad for name, bad in found.items() if bad and name not in EXEMPT} == {}


def test_every_statement_over_the_history_leaves_out_what_had_ended() -> None:
    found = {name: unheld_views(text) for name, text in statements("sql", "graph", "gnn", "relgraph")}
    assert {name: bad for name, bad in found.items() if bad and name not in EXEMPT} == {}


def test_no_exemption_is_idle() -> None:
    found = {name: unheld(text) for name, text in statements("cypher", "cypher")}
    found |= {name: unheld_views(text) for name, text in statements("sql", "graph", "gnn", "relgraph")}
    assert [name for name in EXEMPT if not found.get(name)] == []


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("MATCH (o:Order) RETURN o", ["o"]),
        ("MATCH (o:Order) WHERE {{standing_at o t}} RETURN o", []),
        ("MATCH (o:Order) WHERE {{standing_at o t}} RETURN o UNION MATCH (o:Quote) RETURN o", ["o"]),
        ("RETURN COUNT { (c)-[:PLACED]->(:Order) } AS orders", ["(no name)"]),
        ("MATCH (k:Task) WHERE {{open_task k t}} RETURN k", []),
        ("MATCH (c:Customer) RETURN c", []),
    ],
)
def test_the_walk_finds_what_is_not_asked(text: str, bad: list[str]) -> None:
    assert unheld(text) == bad
