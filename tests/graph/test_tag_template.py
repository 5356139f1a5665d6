"""Templates of tags: that they differ, read well, and answer alike in SQL, in Cypher and with pandas."""

import random
import re
import string
from collections import Counter
from datetime import datetime
from typing import Any

import orjson
import pandas as pd
import pytest

from cypher import Query
from graph.batches import batches
from graph.customer_filter import FIELDS, comparisons
from graph.customer_filter.in_cypher import in_cypher
from graph.customer_filter.in_sql import in_sql
from graph.customer_group.definition import Definition
from graph.derive.groups import look_at_customers, profile_customers
from graph.errors import UsageError
from graph.history import read_history
from graph.moment import naive
from graph.sql import Sql, fill, listed
from graph.sql.run import rows
from graph.store import Store
from graph.tag_template import Template, catalogue, filled, matching, named, settings
from tests.conftest import Cli
from tests.graph.condition_in_pandas import answers
from tests.graph.profile_oracle import profile_figures
from tests.graph.trading_company import trading_company
from tests.graph.world import NOW, World


def test_there_are_two_hundred_that_ask_different_things() -> None:
    """The same fields compared by the same operators with other thresholds would be the same question."""
    shapes = Counter(orjson.dumps(_shape(one, one.when)) for one in catalogue())
    assert [shape for shape, count in shapes.items() if count > 1] == []
    assert len(shapes) >= 200
    assert len({one.industry for one in catalogue()}) >= 10
    assert len({one.template_id for one in catalogue()}) == len(catalogue())


def _shape(template: Template, when: Any) -> Any:
    if isinstance(when, dict):
        return {key: _shape(template, value) for key, value in sorted(when.items())}
    if isinstance(when, list) and all(isinstance(one, dict) for one in when):
        return [_shape(template, one) for one in when]
    return "words" if isinstance(when, str | list) and not str(when).startswith("$") else "value"


@pytest.mark.parametrize("industry", sorted({one.industry for one in catalogue()}))
def test_every_template_is_told_in_two_languages_and_uses_what_it_declares(industry: str) -> None:
    for one in matching(industry):
        declared = {parameter.name for parameter in one.parameters}
        assert set(re.findall(r"\$(\w+)", str(one.when))) == declared, one.template_id
        for text in (one.description, one.description_zh):
            told = {name for _, name, _, _ in string.Formatter().parse(text) if name}
            assert told <= declared, one.template_id
        assert re.search("[一-鿿]", one.name_zh), one.template_id
        assert re.search("[一-鿿]", one.description_zh), one.template_id
        for parameter in one.parameters:
            by_data = parameter.quantile or parameter.word
            assert by_data or parameter.source == "judgement", (one.template_id, parameter.source)
            field = by_data[1] if by_data else "name"
            assert field in FIELDS or field.startswith("attribute."), (one.template_id, field)


def test_finding_templates() -> None:
    assert {one.industry for one in matching("retail")} == {"retail"}
    assert "medical.recall_watch" in {one.template_id for one in matching(search="故障 关注")}
    with pytest.raises(UsageError, match="did you mean `retail`"):
        matching("retial")
    with pytest.raises(UsageError, match=r"did you mean `retail\.never_returns`"):
        named("retail.never_return")


QUERY = """MATCH (c:Customer)
OPTIONAL MATCH (f:Profile {{customer_id: c.customer_id}})
WITH c, f, datetime($now) AS t,
  COLLECT {{ MATCH (c)<-[own:OWNS]-(e:Employee) WHERE own.valid_to IS NULL RETURN e.employee_id }} AS owners,
  COLLECT {{ MATCH (c)-[:SCORED]->(s:RiskScore) RETURN s.band }} AS churn_bands
RETURN c.customer_id AS customer_id, [{tests}] AS told ORDER BY customer_id"""
AT_ONCE = 20


@pytest.mark.slow
def test_every_template_answers_alike_in_sql_cypher_and_pandas(store: Store) -> None:
    world = trading_company(random.Random(3), customers=60)
    world.load(store)
    with read_history(store) as history:
        profile_customers(store, history.connection, NOW)
        look_at_customers(store, history.connection, NOW)
        tags = [filled(one, settings(history.connection, one, {}, NOW)) for one in catalogue()]
        by_sql = _by_sql(history.connection, tags)
        table = _table(world, list(rows(history.connection, Sql("SELECT * FROM customer_profile"))))
    by_pandas = {one.group_id: set(table.index[answers(one.condition, table)]) for one in tags}
    assert {key for key, found in by_sql.items() if found != by_pandas[key]} == set()
    by_cypher = _by_cypher(store, tags)
    assert {key for key, found in by_cypher.items() if found != by_pandas[key]} == set()
    found = [key for key, customers in by_pandas.items() if 0 < len(customers) < 60]
    assert len(found) > 0.7 * len(tags), "too many templates find nobody or everybody"


def _by_sql(connection: Any, tags: list[Definition]) -> dict[str, set[str]]:
    tests = [fill("{t}", t=in_sql(one.condition, NOW)) for one in tags]
    query = fill("SELECT customer_id, [{all}] AS told FROM customer_profile", all=listed(tests))
    return _sets(tags, list(rows(connection, query)))


def _by_cypher(store: Store, tags: list[Definition]) -> dict[str, set[str]]:
    """Some at a time: each statement asks every customer for all of them."""
    found: dict[str, set[str]] = {}
    for batch in batches(tags, AT_ONCE):
        texts, params = [], {"now": NOW.isoformat()}
        for number, one in enumerate(batch):
            asked = in_cypher(one.condition, NOW)
            texts.append(re.sub(r"\$w(\d+)", rf"$t{number}_\1", asked.text))
            params |= {f"t{number}_{key[1:]}": value for key, value in asked.params.items()}
        query = Query("test.templates", QUERY.format(tests=", ".join(texts)), frozenset(params), "read")
        found |= _sets(batch, store.read(query, **params))
    return found


def _sets(tags: list[Definition], told: list[dict[str, Any]]) -> dict[str, set[str]]:
    return {
        one.group_id: {row["customer_id"] for row in told if row["told"][place]}
        for place, one in enumerate(tags)
    }


def _table(world: World, profile: list[dict[str, Any]]) -> pd.DataFrame:
    """The figures that pandas finds; those of before (lifecycle, RFM, rhythm and the like) as they stand."""
    figures = profile_figures(world)
    attributes = {row["id"]: row["props"] for row in world.nodes["Customer"]}
    told = [
        {key: _days(value) for key, value in row.items()}
        | attributes[row["customer_id"]]
        | figures[row["customer_id"]]
        for row in profile
    ]
    table = pd.DataFrame(told, index=[row["customer_id"] for row in profile])
    return table.assign(created_at=[_days(row["created_at"]) for row in profile])


def _days(value: Any) -> Any:
    return (naive(NOW) - value).total_seconds() / 86400 if isinstance(value, datetime) else value


def test_values_come_from_the_companys_own_data(store: Store) -> None:
    trading_company(random.Random(3), customers=30).load(store)
    template = named("retail.bargain_hunter")
    with read_history(store) as history:
        profile_customers(store, history.connection, NOW)
        look_at_customers(store, history.connection, NOW)
        months = {one.name: one for one in settings(history.connection, template, {}, NOW)}["months"]
        given = settings(history.connection, template, {"months": "5"}, NOW)
        assert {one.name: one.value for one in given}["months"] == 5.0
        for wrong in ({"month": "5"}, {"months": "many"}):
            with pytest.raises(UsageError, match="month"):
                settings(history.connection, template, wrong, NOW)
        known = sorted(
            row["months_365"]
            for row in rows(
                history.connection, Sql("SELECT months_365 FROM customer_profile WHERE months_365 > 0")
            )
        )
    if len(known) >= 20:
        assert months.value == round(float(pd.Series(known).quantile(0.5)))
        assert months.origin == f"quantile 0.5 of months_365, {len(known)} customers"
    else:
        assert (months.value, months.origin) == (4.0, f"template ({len(known)} of 20 customers known)")
    tag = filled(template, given, "mine")
    assert tag.group_id == "mine"
    assert "in 5 months of the year" in str(tag.description)
    assert any(test.values == (5.0,) for test in comparisons(tag.condition))


@pytest.mark.slow
@pytest.mark.long_on("neo4j")
def test_by_the_command_line(store: Store, cli: Cli) -> None:
    trading_company(random.Random(3), customers=10).load(store)
    listed_ = orjson.loads(cli("tags", "templates", "--industry", "retail", "--json").stdout)["templates"]
    assert "retail.never_returns" in {one["id"] for one in listed_}
    asked = ("tags", "define", "--template", "retail.never_returns", "--set", "orders=1", "--id", "keeps_all")
    shown = orjson.loads(cli(*asked, "--preview", "--json").stdout)["defined"][0]
    assert shown["set"] == [{"name": "orders", "value": 1.0, "unit": "orders", "origin": "given"}]
    assert "keeps_all" not in cli("tags", "list").stdout
    cli(*asked)
    assert "keeps_all" in cli("tags", "list").stdout
    assert cli("tags", "define", check=False).returncode == 2
