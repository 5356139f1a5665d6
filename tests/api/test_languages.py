"""Every text that is made here comes in the language asked for; names and what people wrote stay."""

import re
from collections.abc import Iterator
from typing import Any

import orjson
from graphql import (
    FieldNode,
    GraphQLObjectType,
    GraphQLString,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    parse,
    visit,
)

from graph.derive import derive
from graph.score_view.words import Clause, clause, in_words, kept
from graph.store import Store
from graphql_api.schema import schema
from tests.api.client import Client
from tests.api.company import ACME, ENGINEER
from tests.graph.world import NOW, World, ago

ASKED = """query ($l: Locale!, $c: ID!, $e: ID!, $d: DateTime!) {
  customer(id: $c) {
    health { weights(locale: $l) parts { text(locale: $l) } }
    churnRisk { reasons { text(locale: $l) } }
    recommendations { reasons { text(locale: $l) } }
    alerts(first: 50, locale: $l) { nodes { title message play { steps } } }
    warmPaths(locale: $l) { steps { why } }
    similar { why(locale: $l) } }
  paying: customer(id: $c) { profile { paymentCauses { text(locale: $l) } } }
  complaining: customer(id: "crm:ACC-3") { suppressedBy { text(locale: $l) } }
  decisionChain(customer: $c) { gaps { text(locale: $l) } }
  offers(customer: $c) { text(locale: $l) }
  introductions(account: $c, locale: $l) { steps { why } }
  whatIf(account: $c, contactLeaves: $e, locale: $l) { risk { ofPeople { text(locale: $l) } } }
  changesSince(account: $c, date: $d) { causes { text(locale: $l) } }
  derivations(of: "Customer:crm:ACC-1") { text(locale: $l) }
  quality { alerts(locale: $l) { title message } }
  assignments(records: [], locale: $l) { reason }
  myDay(locale: $l) { notes items { whatToDo reason } }
}"""
MADE = re.compile("(text|why|message|reasons?|notes?|title|steps|whatToDo|weights|explanation|summary)$")
"""Names that a field with a sentence of ours has."""
NOT_MADE = {
    "Attribute.text", "RecordValue.text",
    "Consent.reason", "IntroductionRequest.note", "IntroductionRequest.reason", "LevelStatement.why",
    "Note.note",
    "Attendee.title", "Contact.title", "GroupDecider.title", "HitCompany.title", "MeetingAttendee.title",
    "PathPerson.title",
}  # fmt: skip
"""Values of sources, what people wrote, and titles of people."""
ELSEWHERE = {"assignments", "paying", "quality"}
"""Asked here; answered in tests of their own, which have their worlds."""
ENGLISH, CHINESE = re.compile(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}"), re.compile(r"[一-鿿]")
NAME = "上海宏达机电有限公司"
"""Of a company of this world; stands in texts of both languages."""


def reason(*said: Clause, **props: Any) -> str:
    """Reasons of a score as the models write them."""
    return orjson.dumps(
        [{"text": in_words(said, "en"), "said": kept(said), "contribution": 0.4, **props}]
    ).decode()


def learned() -> World:
    """An earlier score, lower by people who had left, and a complaint of another account."""
    world = World()
    left = clause("people_left", left=2, days=180), clause("people_left_key", key=1), clause("raises")
    about = {"feature": "people_left", "evidence": [f"Contact:{ENGINEER}"]}
    world.risk("s0", ACME, 0.3, as_of=ago(30), scored_at=ago(30), until=NOW,
               reasons=reason(*left, **about, contribution=0.1))  # fmt: skip
    world.node("Ticket", "desk:T9", kind="complaint", opened_at=ago(40))
    world.part("FOR", ("Ticket", "desk:T9"), ("Customer", "crm:ACC-3"))
    world.node("Customer", ACME, embedding_near=["crm:ACC-3"], embedding_nearness=[0.5])
    return world


def rewritten() -> World:
    """Scores of the company's own, with clauses in place of a text."""
    world = World()
    quiet = clause("silence", since=40), clause("silence_usual", usual=12), clause("raises")
    world.node(
        "RiskScore", "s1", reasons=reason(*quiet, feature="people_left", evidence=[f"Contact:{ENGINEER}"])
    )
    world.node("Recommendation", "r1", reasons=reason(clause("organisation", buyers=1, linked=3)))
    return world


def made() -> set[str]:
    """`Type.field` of each text of answers whose name says that it may be made here; errors stay English."""
    types = [one for one in schema._schema.type_map.values() if isinstance(one, GraphQLObjectType)]
    problem = schema._schema.type_map["Problem"]
    return {
        f"{one.name}.{name}"
        for one in types
        if problem not in one.interfaces
        for name, field in one.fields.items()
        if get_named_type(field.type) is GraphQLString and MADE.match(name) and not field.deprecation_reason
    } - NOT_MADE


class Asked(Visitor):
    """Which fields a document asks, and the ways to its leaves."""

    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self.types, self.way = types, list[str]()
        self.fields, self.leaves = set[str](), set[tuple[str, ...]]()

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        """Note it under its type."""
        self.way.append(node.alias.value if node.alias else node.name.value)
        self.fields.add(f"{self.types.get_parent_type()}.{node.name.value}")
        if node.selection_set is None:
            self.leaves.add(tuple(self.way))

    def leave_field(self, *_: Any) -> None:
        """Back up."""
        self.way.pop()


def document() -> Asked:
    """What is asked."""
    types = TypeInfo(schema._schema)
    visitor = Asked(types)
    visit(parse(ASKED), TypeInfoVisitor(types, visitor))
    return visitor


def said(value: Any, way: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Texts of an answer with the names on the way to each."""
    if isinstance(value, str):
        yield way, value
    for item in value if isinstance(value, list) else ():
        yield from said(item, way)
    for name, item in value.items() if isinstance(value, dict) else ():
        yield from said(item, (*way, name))


def test_every_made_text_of_the_schema_is_asked() -> None:
    assert made() - document().fields == set()


async def test_every_text_comes_in_both_languages(ann: Client, store: Store) -> None:
    learned().load(store)
    rewritten().load(store)
    derive(store, NOW)
    variables = {"c": ACME, "e": ENGINEER, "d": ago(2).isoformat()}
    english = list(said(await ann.data(ASKED, l="EN", **variables)))
    chinese = list(said(await ann.data(ASKED, l="ZH", **variables)))
    ways = {way for way, _ in english}
    assert ways == {way for way, _ in chinese}
    assert ways >= {way for way in document().leaves if way[0] not in ELSEWHERE} - {("myDay", "notes")}
    assert [one for one in chinese if ENGLISH.search(one[1]) or not CHINESE.search(one[1])] == []
    assert [
        one
        for one in english
        if CHINESE.search(one[1].replace(NAME, "")) or not re.search("[a-z]{3}", one[1])
    ] == []


async def test_a_score_that_was_kept_as_text_keeps_its_text(ann: Client) -> None:
    found = await ann.data(ASKED, l="ZH", c=ACME, e=ENGINEER, d=ago(2).isoformat())
    (one,) = found["customer"]["churnRisk"]["reasons"]
    assert one["text"] == "fewer orders"
