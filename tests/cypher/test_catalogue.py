"""The query files: every one loads, and a file that contradicts its first line is refused."""

import pytest

import cypher
from cypher import CatalogueError, Fragment, Query
from cypher.catalogue import parse

GOOD = "// name: a.b  params: x  access: read\nMATCH (n {k: $x}) RETURN n"


def test_every_file_loads() -> None:
    assert {"store.ping", "schema.version"} <= set(cypher.names())
    assert {"load.node", "load.fact", "load.part"} <= set(cypher.templates())


def test_a_query_is_its_text_without_the_header() -> None:
    found = parse("a/b.cypher", GOOD)
    assert isinstance(found, Query)
    assert (found.name, found.text, found.params, found.access) == (
        "a.b", "MATCH (n {k: $x}) RETURN n", frozenset({"x"}), "read",
    )  # fmt: skip


PART = "// fragment: a.part  params: size\nCOLLECT { MATCH (c)--(m) RETURN m LIMIT $size } AS ms"


def test_a_fragment_is_a_part_of_others() -> None:
    found = parse("a/part.cypher", PART)
    assert isinstance(found, Fragment)
    assert (found.params, found.text) == (frozenset({"size"}), PART.partition("\n")[2])
    with pytest.raises(CatalogueError, match="only reads"):
        parse("a/part.cypher", PART.replace("MATCH", "MERGE"))
    with pytest.raises(CatalogueError, match="no query named"):
        cypher.query("customer_part.tags")


def test_a_composed_query_takes_what_its_fragments_take() -> None:
    found = cypher.composed("customer.by_ids", ("customer_part.contacts", "customer_part.tags"))
    assert found.name == "customer.by_ids[contacts,tags]"
    assert found.params == {"customer_ids", "as_of", "contacts", "viewer"}
    assert found.text.index("AS contacts,") < found.text.index("AS tags")
    with pytest.raises(CatalogueError, match=r"no fragment named customer_part\.nothing"):
        cypher.composed("customer.by_ids", ("customer_part.nothing",))


@pytest.mark.parametrize(
    ("path", "text", "says"),
    [
        ("a/b.cypher", "MATCH (n) RETURN n", "first line"),
        ("a/b.cypher", GOOD.replace("  params", " params"), "first line"),
        ("a/c.cypher", GOOD, "path says a.c"),
        ("a/b.cypher", GOOD.replace("$x", "$y"), "params say"),
        ("a/b.cypher", GOOD.replace("$x", "1"), "params say"),
        ("a/b.cypher", GOOD.replace("$x", "'$x'"), "params say"),
        ("a/b.cypher", GOOD.replace("RETURN n", "SET n.a = 1"), "access: read"),
        ("a/b.cypher", GOOD.replace("(n ", "(n:{{label}} "), "slots say"),
    ],
)
def test_a_contradiction_is_refused(path: str, text: str, says: str) -> None:
    with pytest.raises(CatalogueError, match=says):
        parse(path, text)


def test_a_parameter_in_a_comment_does_not_count() -> None:
    assert parse("a/b.cypher", GOOD.replace("\n", "\n// not $this\n", 1)).params == {"x"}


def test_unknown_names_are_refused() -> None:
    with pytest.raises(CatalogueError, match=r"nobody\.knows"):
        cypher.query("nobody.knows")
    with pytest.raises(CatalogueError, match="template"):
        cypher.template("store.ping")


def test_a_template_wants_exactly_its_slots() -> None:
    with pytest.raises(CatalogueError, match="slots"):
        cypher.template("transfer.ids").render(label="Customer")
    rendered = cypher.template("transfer.ids").render(label="Customer", key="customer_id")
    assert rendered.text == "MATCH (n:Customer)\nRETURN n.customer_id AS id"
