"""The five questions: as our schema asks them, as `@neo4j/graphql` does, and as bare Cypher answers them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any

from bench.bare.text import statement

Answer = Any
Ids = frozenset[str]


@dataclass(frozen=True, slots=True)
class Case:
    """What one call asks about: the variables of each way to ask."""

    ours: dict[str, Any]
    library: dict[str, Any]
    bare: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """One question three ways; the readers give the ids that must be in every answer."""

    title: str
    goal: float
    """The p50 over HTTP, at most so many times bare Cypher's."""
    ours: str
    library: str
    bare: str
    of_ours: Callable[[Answer], Ids]
    of_library: Callable[[Answer], Ids]
    of_bare: Callable[[Answer], Ids]


def questions() -> dict[str, Question]:
    """By name: Q1 to Q5."""
    page = ("page", _page_of_ours, _page_of_library, _page_of_bare)
    return {
        "Q1": _question(
            "profile: 10 contacts, 5 tickets, 10 products", 1.5,
            "profile", _profile_of_ours, _profile_of_library, _profile_of_bare,
        ),
        "Q2": _question(
            "chain: roles, four levels up, who knows each", 1.5,
            "chain", _chain_of_ours, _chain_of_library, _chain_of_bare,
        ),
        "Q3": _question(
            "network: people, who of us knows each, deals", 1.5,
            "network", _network_of_ours, _network_of_library, _network_of_bare,
        ),
        "Q4": _question("page: 50 customers, 3 contacts each", 1.2, *page),
        "Q5": _question("page: 1,000 customers, 3 contacts each", 1.2, *page),
    }  # fmt: skip


def library_file(name: str) -> str:
    """The text of a file of the Node side."""
    return resources.files("bench.serving").joinpath("library", name).read_text(encoding="utf-8")


def ours_file(name: str) -> str:
    """The text of a document for our schema."""
    return resources.files("bench.serving").joinpath("ours", f"{name}.graphql").read_text(encoding="utf-8")


def _question(
    title: str,
    goal: float,
    name: str,
    of_ours: Callable[[Answer], Ids],
    of_library: Callable[[Answer], Ids],
    of_bare: Callable[[Answer], Ids],
) -> Question:
    asked = library_file(f"asked/{name}.graphql")
    bare = statement(f"serving_{name}")
    return Question(title, goal, ours_file(name), asked, bare, of_ours, of_library, of_bare)


def _profile_of_ours(data: Answer) -> Ids:
    customer = data["customer"]
    contacts = [one["contact"]["contactId"] for one in customer["contacts"]]
    tickets = [one["ticketId"] for one in data["tickets"]["nodes"]]
    return frozenset([customer["customerId"], *contacts, *tickets])


def _profile_of_library(data: Answer) -> Ids:
    customer = data["customers"][0]
    contacts = [edge["node"]["contactId"] for edge in customer["contactsConnection"]["edges"]]
    tickets = [one["ticketId"] for one in customer["tickets"]]
    return frozenset([customer["customerId"], *contacts, *tickets])


def _profile_of_bare(answer: Answer) -> Ids:
    contacts = [one["contact_id"] for one in answer["contacts"]]
    tickets = [one["ticket_id"] for one in answer["tickets"]]
    return frozenset([answer["customer_id"], *contacts, *tickets])


def _chain_of_ours(data: Answer) -> Ids:
    return frozenset(one["contact"]["contactId"] for one in data["decisionChain"]["members"])


def _chain_of_library(data: Answer) -> Ids:
    deal = data["opportunities"][0]
    at_accounts = [one["holdersConnection"] for one in deal["customers"]]
    return frozenset(
        person for found in (deal["holdersConnection"], *at_accounts) for person in _climbed(found)
    )


def _climbed(connection: Answer) -> Iterator[str]:
    """Ids of the people of a connection and of all above them."""
    for edge in connection["edges"]:
        yield edge["node"]["contactId"]
        if "superiorsConnection" in edge["node"]:
            yield from _climbed(edge["node"]["superiorsConnection"])


def _chain_of_bare(answer: Answer) -> Ids:
    return frozenset(one["contact_id"] for one in answer["people"])


def _network_of_ours(data: Answer) -> Ids:
    kinds = {"Contact", "Employee"}
    nodes = data["network"]["nodes"]
    return frozenset(_key(node["nodeId"]) for node in nodes if node["kind"] in kinds)


def _key(node_id: str) -> str:
    """`crm:1` of `Contact:crm:1`."""
    return node_id.partition(":")[2] if node_id.startswith(("Contact:", "Employee:")) else node_id


def _network_of_library(data: Answer) -> Ids:
    customer = data["customers"][0]
    people = [edge["node"] for edge in customer["contactsConnection"]["edges"]]
    staff = [edge["node"] for one in people for edge in one["knownByConnection"]["edges"]]
    staff += [edge["node"] for edge in customer["ownersConnection"]["edges"]]
    return frozenset([one["contactId"] for one in people] + [one["employeeId"] for one in staff])


def _network_of_bare(answer: Answer) -> Ids:
    people = answer["contacts"]
    staff = [one for person in people for one in person["ties"]] + answer["owners"]
    return frozenset([one["contact_id"] for one in people] + [one["employee_id"] for one in staff])


def _page_of_ours(data: Answer) -> Ids:
    nodes = data["customers"]["nodes"]
    people = [one["contact"]["contactId"] for node in nodes for one in node["contacts"]]
    return frozenset([*(node["customerId"] for node in nodes), *people])


def _page_of_library(data: Answer) -> Ids:
    found = data["customers"]
    people = [edge["node"]["contactId"] for one in found for edge in one["contactsConnection"]["edges"]]
    return frozenset([*(one["customerId"] for one in found), *people])


def _page_of_bare(answer: Answer) -> Ids:
    found = answer["customers"]
    people = [one["contact_id"] for node in found for one in node["contacts"]]
    return frozenset([*(node["customer_id"] for node in found), *people])
