"""A flag and a log of mail that bounced reach the contacts they speak of."""

from tests.ingest.conftest import Workshop

MAPPING = """
source: crm
datasets:
  people:
    file: people.csv
    nodes: [{label: Contact, key: id, fields: {name: name, email: mail, email_bounced: bounced}}]
  log:
    file: log.csv
    source: post
    where: {column: status, equals: bounced}
    nodes:
      - label: Contact
        key: to
        match: {email: to}
        unmatched: skip
        repeats: last
        known_from: sent
        fields: {email_bounced_at: sent, bounced_email: to}
"""


def test_flag_and_log_stand_on_the_contact(workshop: Workshop) -> None:
    workshop.put(
        people_csv="id,name,mail,bounced\n1,Ann,ann@a.com,false\n2,Bob,bob@b.com,true\n",
        log_csv="to,sent,status\nann@a.com,2024-03-01,bounced\nann@a.com,2024-05-01,bounced\n"
        "bob@b.com,2024-06-01,delivered\nx@y.z,2024-06-01,bounced\n",
    )
    report = workshop.load(MAPPING)
    found = workshop.ask(
        """MATCH (p:Contact) RETURN p.name AS name, p.email_bounced AS flag, p.bounced_email AS address,
        toString(p.email_bounced_at) AS at ORDER BY name"""
    )
    assert [(row["name"], row["flag"], row["address"]) for row in found] == [
        ("Ann", False, "ann@a.com"),
        ("Bob", True, None),
    ]
    assert found[0]["at"].startswith("2024-05-01")
    assert found[1]["at"] is None
    assert report.review == []
