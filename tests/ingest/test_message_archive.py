"""The message archive of 企业微信: who wrote to whom, of those alone who have agreed to it."""

from ingest.run import ingest
from ingest.templates.fit import fitted
from ingest.templates.read import read_template
from tests.ingest.conftest import NOW, Workshop
from tests.ingest.test_templates import EXPORTS

TALKS = (
    "MATCH (p)-[r:PARTICIPATED_IN]->(i:Interaction)"
    " RETURN i.interaction_id AS talk, r.part AS part, p.name AS who ORDER BY talk, part, who"
)
CONSENTS = "MATCH (c:Contact)-[r:CONSENTS]->(:Purpose) RETURN c.name AS who, r.withdrawn_at AS withdrawn"
TEXTS = "MATCH (i:Interaction) RETURN properties(i) AS talk"


def load(workshop: Workshop, *, without: str = "") -> None:
    for file, content in EXPORTS["wecom"]["files"].items():
        kept = [line for line in content.splitlines() if not without or without not in line]
        (workshop.folder / file).write_text("\n".join(kept), encoding="utf-8")
    mapping, notes = fitted(read_template("wecom"), workshop.folder, workshop.home)
    ingest(workshop.store, mapping, workshop.folder, workshop.home, NOW)
    assert not notes


def test_only_talks_with_people_who_agreed_are_loaded(workshop: Workshop) -> None:
    load(workshop)
    assert [(row["talk"], row["part"], row["who"]) for row in workshop.ask(TALKS)] == [
        ("wecom:4", "from", "王芳"),
        ("wecom:4", "to", "李雷"),
        ("wecom:5", "from", "李雷"),
        ("wecom:5", "to", "王芳"),
        ("wecom:8", "from", "王芳"),  # in a group, where two who have not agreed read along
        ("wecom:8", "to", "李雷"),
        ("wecom:8", "to", "韩梅梅"),
    ]
    assert "秘密" not in str(workshop.ask(TEXTS))


def test_a_consent_ends_with_the_refusal(workshop: Workshop) -> None:
    load(workshop)
    withdrawn = {row["who"]: row["withdrawn"] is not None for row in workshop.ask(CONSENTS)}
    assert withdrawn == {"王芳": False, "陈明": True}


def test_an_archive_without_refusals_loads(workshop: Workshop) -> None:
    load(workshop, without="disagree")
    assert {row["talk"] for row in workshop.ask(TALKS)} == {"wecom:4", "wecom:5", "wecom:6", "wecom:8"}


def test_a_dataset_that_is_only_looked_up_serves_the_rows_that_it_keeps(workshop: Workshop) -> None:
    workshop.put(
        people_csv="id,name\n1,Ann\n2,Bo\n3,Cy\n", marks_csv="id,kind,note\n1,yes,a\n2,no,b\n3,no,c\n"
    )
    workshop.load("""
        source: s
        datasets:
          marks: {file: marks.csv, where: {column: kind, equals: "yes"}}
          people:
            file: people.csv
            where: {column: id, in_dataset: marks.id}
            lookups: [{dataset: marks, on: {id: id}, take: {said: note}}]
            nodes: [{label: Contact, key: id, fields: {name: name}, attributes: {said: said}}]
    """)
    found = workshop.ask("MATCH (c:Contact) RETURN c.name AS name, c.x_said AS said")
    assert found == [{"name": "Ann", "said": "a"}]
