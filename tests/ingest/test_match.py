"""Records of several sources that are one entity by an exact key, and those that are not guessed."""

import pytest

from tests.ingest.conftest import Workshop

TWO = """
source: crm
priority: [erp, crm]
field_priority: {Customer.industry: [crm]}
datasets:
  accounts:
    file: crm.csv
    nodes:
      - label: Customer
        key: id
        fields: {name: name, tax_id: tax, industry: industry}
  debtors:
    file: erp.csv
    source: erp
    nodes:
      - label: Customer
        key: no
        fields: {name: firm, tax_id: vat, industry: branch, city: city}
        match: [{tax_id: vat}, {name: firm}]
"""


def test_exact_keys_join_and_ambiguous_ones_wait(workshop: Workshop) -> None:
    workshop.put(
        crm_csv="id,name,tax,industry\n1,Alpha,T1,steel\n2,Beta,T2,\n3,Gamma,T3,\n4,Gamma,T4,\n",
        erp_csv="no,firm,vat,branch,city\n"
        "E1,ALPHA LTD,t1,metal,Bonn\nE2, beta ,,toys,Rome\nE3,Gamma,,,\nE4,New,T9,,\n",
    )
    report = workshop.load(TWO)
    assert workshop.ask("MATCH (c:Customer) RETURN count(*) AS n") == [{"n": 5}]
    assert [(item.key, item.candidates) for item in report.review] == [("E3", ["crm:3", "crm:4"])]
    assert report.datasets["debtors"].review == 1
    rows = workshop.ask(
        """MATCH (c:Customer {customer_id: 'crm:1'})<-[:ALIAS_OF]-(a)
        RETURN c.name AS name, c.industry AS industry, c.city AS city, a.alias_id AS alias ORDER BY alias"""
    )
    assert [row["alias"] for row in rows] == ["Customer|crm:1", "Customer|erp:E1"]
    assert (rows[0]["name"], rows[0]["industry"], rows[0]["city"]) == ("ALPHA LTD", "steel", "Bonn")
    assert not workshop.load(TWO).changed


@pytest.mark.query("ingest.any_alias", "ingest.values")
def test_a_source_that_comes_later_finds_what_the_graph_holds(workshop: Workshop) -> None:
    crm, erp = TWO.partition("  debtors:")[0], TWO.replace("source: crm", "source: erp", 1)
    workshop.put(
        crm_csv="id,name,tax,industry\n1,Alpha,T1,steel\n", erp_csv="no,firm,vat,branch,city\nE1,A,T1,,Bonn\n"
    )
    workshop.load(crm)
    head = erp.partition("  accounts:")[0]
    workshop.load(head + "  debtors:" + erp.partition("  debtors:")[2])
    assert workshop.ask(
        "MATCH (c:Customer) RETURN c.customer_id AS id, c.city AS city, c.industry AS industry"
    ) == [{"id": "crm:1", "city": "Bonn", "industry": "steel"}]


def test_names_that_look_doubled_are_counted_not_joined(workshop: Workshop) -> None:
    workshop.put(
        crm_csv="id,name,tax,industry\n1,Alpha Ltd.,,\n2,ALPHA LTD,,\n3,Beta,,\n",
        erp_csv="no,firm,vat,branch,city\n",
    )
    report = workshop.load(TWO)
    assert report.looks_doubled == {"Customer": 2}
    assert workshop.counts()["Customer"] == 3


MAIL = """
source: mail
datasets:
  staff:
    file: staff.csv
    nodes: [{label: Employee, key: id, fields: {name: name, email: mail}}]
  people:
    file: people.csv
    nodes: [{label: Contact, key: id, fields: {name: name, email: mail}}]
  log:
    file: log.csv
    nodes:
      - label: Interaction
        key: id
        fields: {at: {column: sent, format: epoch}, channel: {constant: email}}
    links:
      - type: PARTICIPATED_IN
        from: {label: [Contact, Employee], by: {email: sender}}
        fields: {part: {constant: from}}
        optional: true
      - type: PARTICIPATED_IN
        from: {label: [Contact, Employee], by: {email: {column: recipients, split: ";"}}}
        fields: {part: {constant: to}}
        optional: true
"""


def test_a_mail_log_finds_people_on_both_sides_by_address(workshop: Workshop) -> None:
    workshop.put(
        staff_csv="id,name,mail\n1,Eve,eve@us.com\n",
        people_csv="id,name,mail\n7,Ann,ann@a.com\n8,Bob,bob@b.com\n9,Bob2,bob@b.com\n",
        log_csv="id,sent,sender,recipients\n"
        "m1,1700000000,Eve@us.com,ann@a.com; bob@b.com ;x@y.z\nm2,1700000100,ann@a.com,\n",
    )
    report = workshop.load(MAIL)
    found = workshop.ask(
        """MATCH (p:Contact|Employee)-[r:PARTICIPATED_IN]->(i:Interaction)
        RETURN coalesce(p.contact_id, p.employee_id) AS who, i.interaction_id AS mail, r.part AS part
        ORDER BY mail, who"""
    )
    assert [(row["who"], row["mail"], row["part"]) for row in found] == [
        ("mail:1", "mail:m1", "from"),
        ("mail:7", "mail:m1", "to"),
        ("mail:7", "mail:m2", "from"),
    ]
    assert report.datasets["log"].without == {"PARTICIPATED_IN": {"ambiguous": 1, "empty": 1, "unknown": 1}}


@pytest.mark.query("ingest.known", "ingest.aliases")
def test_records_of_their_own_are_found_in_the_graph(workshop: Workshop) -> None:
    head, _, tail = MAIL.partition("  log:")
    workshop.put(
        staff_csv="id,name,mail\n1,Eve,eve@us.com\n", people_csv="id,name,mail\n7,Ann,ann@a.com\n",
        log_csv="id,sent,sender,recipients\nm1,1700000000,eve@us.com,\n", about_csv="mail,who\nm1,7\nm9,7\n",
    )  # fmt: skip
    workshop.load(MAIL)
    about = "source: mail\ndatasets:\n  about:\n    file: about.csv\n    links:\n"
    about += "      - {type: PARTICIPATED_IN, from: {Contact: who}, to: {Interaction: mail}}\n"
    report = workshop.load(about)
    assert (report.datasets["about"].loaded, report.datasets["about"].quarantined) == (1, 1)
    assert head
    assert tail
