"""What is derived for all rests on what all may see: hidden facts change nothing of it."""

from random import Random
from typing import Any

import pytest

from cypher import Query
from cypher.macros import expand
from graph.derive import derive
from graph.store import Store
from tests.conftest import wipe
from tests.graph.random_company import hidden_from, random_company, remove_hidden
from tests.graph.world import NOW
from tests.histories import seeds

NOBODY = ""
DERIVED = Query(
    "test.derived",
    expand("""
        MATCH (a)-[r]->(b) WHERE r.source = 'derive'
        RETURN r.fact_id AS key, type(r) AS kind, r.visibility AS visibility, r.owner_id AS owner_id,
          r {.confidence, .role, .raw, .strength, .interactions, .evidence, .known_from} AS said
        UNION ALL
        MATCH (a:Alert)
        RETURN a.alert_id AS key, 'Alert' AS kind, 'company' AS visibility, NULL AS owner_id,
          a {.kind, .message, .valid_from, .evidence} AS said
    """)[0],
    frozenset(),
    "read",
)


def derived(store: Store) -> list[dict[str, Any]]:
    """Everything that a derive leaves for all of us to see, in a fixed order."""
    derive(store, NOW)
    rows = store.read(DERIVED)
    seen = [row for row in rows if row["visibility"] == "company" or not hidden_from(NOBODY, row)]
    return sorted(seen, key=lambda row: str(row["key"]))


@pytest.mark.parametrize("seed", seeds(2))
def test_nothing_for_all_rests_on_what_is_hidden(store: Store, seed: int) -> None:
    random_company(Random(seed)).load(store)
    whole = derived(store)
    wipe(store)
    random_company(Random(seed)).load(store)
    assert remove_hidden(store, NOBODY) > 10
    assert derived(store) == whole
    assert {row["kind"] for row in whole} >= {"KNOWS", "HAS_ROLE", "Alert"}
