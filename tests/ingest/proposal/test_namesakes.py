"""People known by name alone are told apart by the customer of their rows."""

from pathlib import Path

from ingest.proposal.draft.draft import mapping_of
from ingest.proposal.draft.write import mapping_text
from ingest.proposal.propose import propose
from tests.ingest.conftest import Workshop
from tests.ingest.proposal.test_joins import meanings

ORDERS = "Order No,Order Date,Account No,Contact,Sales Rep\n"


def test_two_of_one_name_at_two_customers_are_two(workshop: Workshop) -> None:
    rows = ["A1,Ann Lee", "A2,Ann Lee", "A1,Ann Lee", ",Bo Chen", "A2,"]
    workshop.put(
        orders_csv=ORDERS + "".join(f"O{n},2024-01-0{n},{row},Tara Silva\n" for n, row in enumerate(rows, 1)),
        tickets_csv="Ticket No,Created,Account No,Subject,Contact\n7,2024-01-05,A1,Leak,Ann Lee\n",
    )
    assert meanings(workshop.folder, "orders.csv")["Contact"] == "Contact key"
    report = workshop.load(mapping_text(propose([workshop.folder])))
    assert all(item.adds_up for item in report.datasets.values())
    assert report.totals["quarantined"] == 0, report.reasons
    works = "MATCH (p:Contact)-[w:WORKS_AT]->(c:Customer) WHERE w.valid_to IS NULL "
    assert workshop.ask(works + "RETURN p.name AS name, c.customer_id AS at ORDER BY at") == [
        {"name": "Ann Lee", "at": "exports:A1"},
        {"name": "Ann Lee", "at": "exports:A2"},
    ]
    raised = "MATCH (t:Ticket)-[:RAISED_BY]->(p:Contact)-[:WORKS_AT]->(c:Customer) RETURN c.customer_id AS at"
    assert workshop.ask(raised) == [{"at": "exports:A1"}]
    counts = workshop.counts()
    assert (counts["Order"], counts["Employee"]) == (5, 1)


def test_a_file_of_people_without_numbers_is_referred_to_by_name(tmp_path: Path) -> None:
    (tmp_path / "contacts.csv").write_text(
        "Contact Name,Company,Title\nAnn Lee,Apex Inc,CEO\nAnn Lee,Harbor Ltd,Buyer\nBo Chen,Apex Inc,CFO\n"
    )
    (tmp_path / "tickets.csv").write_text(
        "Ticket No,Created,Subject,Contact\n1,2024-01-02,Leak,Bo Chen\n2,2024-01-03,Noise,Ann Lee\n"
    )
    datasets = mapping_of(propose([tmp_path]))["datasets"]
    person = datasets["contacts"]["nodes"][0]
    assert person["key"] == {"template": "{Company}/{Contact Name}"}
    assert person["fields"]["name"] == "Contact Name"
    (raised,) = (link for link in datasets["tickets"]["links"] if link["type"] == "RAISED_BY")
    assert raised["to"] == {"label": "Contact", "by": {"name": "Contact"}}


def test_numbers_addresses_and_our_own_people_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text(
        "Order No,Order Date,Account No,Contact ID,Sales Rep\n"
        "O1,2024-01-02,A1,K-17,Tara Silva\nO2,2024-02-02,A2,K-18,Tara Silva\n"
    )
    (dataset,) = mapping_of(propose([tmp_path]))["datasets"].values()
    keys = {node["label"]: node["key"] for node in dataset["nodes"]}
    assert (keys["Contact"], keys["Employee"]) == ("Contact ID", "Sales Rep")
