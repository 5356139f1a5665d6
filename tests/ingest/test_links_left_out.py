"""A link that lacks what it must state costs the link and not the record that it stands beside."""

from tests.ingest.conftest import Workshop

DESK = """
source: crm
valid_from: 2020-01-01
datasets:
  accounts:
    file: accounts.csv
    nodes: [{label: Customer, key: id, fields: {name: name}}]
  deals:
    file: deals.csv
    nodes: [{label: Opportunity, key: id, fields: {name: name, opened_at: opened}}]
  people:
    file: people.csv
    nodes: [{label: Contact, key: id, fields: {name: name}}]
    links:
      - {type: HAS_ROLE, to: {Customer: account}, fields: {role: role}}
      - {type: HAS_ROLE, to: {Opportunity: deal}, fields: {role: deal_role}}
      - {type: WORKS_AT, to: {Customer: account}, fields: {title: title}}
"""
HEAD = "id,name,account,deal,role,deal_role,title\n"
ROLES = """MATCH (p:Contact)-[r:HAS_ROLE]->(x) WHERE r.valid_to IS NULL AND r.known_to IS NULL
RETURN p.name AS name, r.role AS role, coalesce(x.customer_id, x.opportunity_id) AS at ORDER BY name, at"""


def roles(workshop: Workshop) -> list[tuple[str, str, str]]:
    return [(row["name"], row["role"], row["at"]) for row in workshop.ask(ROLES)]


def test_an_empty_role_costs_the_role_alone(workshop: Workshop) -> None:
    workshop.put(accounts_csv="id,name\na,Alpha\n", deals_csv="id,name,opened\nd,Pumps,2024-01-01\n")
    workshop.put(people_csv=f"{HEAD}1,Ann,a,d,champion,,CEO\n2,王芳,a,d,,,经理\n3,Jürgen,a,,,blocker,\n")
    report = workshop.load(DESK)
    assert report.datasets["people"].quarantined == 0
    assert report.datasets["people"].without["HAS_ROLE"] == {"without role": 4, "empty": 1}
    assert "people: 4 rows without HAS_ROLE (its role is empty)" in report.notes
    assert roles(workshop) == [("Ann", "champion", "crm:a")]
    people = workshop.ask("MATCH (p:Contact)-[:WORKS_AT]->(:Customer) RETURN p.name AS name ORDER BY name")
    assert [row["name"] for row in people] == ["Ann", "Jürgen", "王芳"]


def test_a_role_that_is_empty_now_has_ended(workshop: Workshop) -> None:
    workshop.put(accounts_csv="id,name\na,Alpha\n", deals_csv="id,name,opened\nd,Pumps,2024-01-01\n")
    for role in ("champion", ""):
        workshop.put(people_csv=f"{HEAD}1,Ann,a,d,{role},blocker,CEO\n")
        workshop.load(DESK)
    assert roles(workshop) == [("Ann", "blocker", "crm:d")]


LIST = """
source: crm
datasets:
  accounts:
    file: accounts.csv
    nodes: [{label: Customer, key: id, fields: {name: name}}]
  people:
    file: people.csv
    nodes: [{label: Contact, key: id, fields: {name: name}}]
  roles:
    file: roles.csv
    links: [{type: HAS_ROLE, from: {Contact: id}, to: {Customer: account}, fields: {role: role}}]
"""


def test_a_row_that_is_the_link_alone_is_refused(workshop: Workshop) -> None:
    workshop.put(accounts_csv="id,name\na,Alpha\n", people_csv="id,name\n1,Ann\n")
    workshop.put(roles_csv="id,account,role\n1,a,\n")
    report = workshop.load(LIST)
    assert [one["reason"] for one in report.reasons] == ["HAS_ROLE.role: is empty (column role)"]


def test_a_role_that_the_mapping_requires_refuses_the_record(workshop: Workshop) -> None:
    workshop.put(accounts_csv="id,name\na,Alpha\n", deals_csv="id,name,opened\nd,Pumps,2024-01-01\n")
    workshop.put(people_csv=f"{HEAD}1,Ann,a,,,,CEO\n")
    report = workshop.load(DESK.replace("{role: role}", "{role: {column: role, required: true}}"))
    assert [one["reason"] for one in report.reasons] == ["HAS_ROLE.role: is empty (column role)"]
