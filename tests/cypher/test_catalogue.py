"""The query files: every one loads, and a file that contradicts its first line is refused."""

import pytest

import cypher
from cypher import CatalogueError, Fragment, Query
from cypher.macros import Macro, expand
from cypher.macros import parse as parse_macro
from cypher.parse import parse

GOOD = "// name: a.b  params: x  access: read  sees: viewer\nMATCH (n {k: $x}) RETURN n"


def test_every_file_loads() -> None:
    assert {"store.ping", "schema.version"} <= set(cypher.names())
    assert {"load.node", "load.fact", "load.part"} <= set(cypher.templates())


def test_a_query_is_its_text_without_the_header() -> None:
    found = parse("a/b.cypher", GOOD)
    assert isinstance(found, Query)
    assert (found.name, found.text, found.params, found.access, found.sees) == (
        "a.b", "MATCH (n {k: $x}) RETURN n", frozenset({"x"}), "read", "viewer",
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
    found = cypher.composed("customer.parts", ("customer_part.contacts", "customer_part.tags"))
    assert found.name == "customer.parts[contacts,tags]"
    assert found.params == {
        "customer_ids",
        "text",
        "alias_id",
        "most",
        "as_of",
        "parts",
        "contacts",
        "viewer",
        "team",
        "scope",
    }
    assert found.text.index("AS contacts,") < found.text.index("AS tags")
    with pytest.raises(CatalogueError, match=r"no fragment named customer_part\.nothing"):
        cypher.composed("customer.parts", ("customer_part.nothing",))


@pytest.mark.parametrize(
    ("path", "text", "says"),
    [
        ("a/b.cypher", "MATCH (n) RETURN n", "first line"),
        ("a/b.cypher", GOOD.replace("  params", " params"), "first line"),
        ("a/b.cypher", GOOD.replace("  sees: viewer", ""), "first line"),
        ("a/b.cypher", GOOD.replace("viewer", "nobody"), "first line"),
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


def test_a_statement_takes_what_its_macros_take() -> None:
    found = parse("a/b.cypher", GOOD.replace("RETURN n", "WHERE {{seen_by_viewer n}} RETURN n"))
    assert found.params == {"x", "viewer", "team"}
    assert "{{" not in found.text
    assert "n.owner_id = $viewer" in found.text


PAIR = Macro("pair", ("one", "other"), "one.k = other.one AND $one = 'one'", frozenset({"one"}))


def test_a_macro_gets_the_names_of_the_statement() -> None:
    text, params = expand("WHERE {{pair a b}}", {"pair": PAIR})
    assert (text, params) == ("WHERE (a.k = b.one AND $one = 'a')", frozenset({"one"}))


@pytest.mark.parametrize(
    ("call", "says"), [("{{pair a}}", "takes one, other, got a"), ("{{none a}}", "no macro")]
)
def test_a_macro_that_is_not_there_or_gets_too_little_is_refused(call: str, says: str) -> None:
    with pytest.raises(CatalogueError, match=says):
        expand(call, {"pair": PAIR})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("// macro: other  arguments: a  params: -\na.k", "first line"),
        ("// macro: pair  params: -\na.k", "first line"),
        ("// macro: pair  arguments: a  params: -\na.k = $x", "params say"),
        ("// macro: pair  arguments: a  params: x\na.k", "params say"),
    ],
)
def test_a_macro_that_contradicts_its_first_line_is_refused(text: str, says: str) -> None:
    with pytest.raises(CatalogueError, match=says):
        parse_macro("pair", text)
