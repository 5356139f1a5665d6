"""Lists too short to learn from: what a plain rule calls one is merged, and nothing else is."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from bench.dirty.lists import Language
from bench.small_lists import tally
from graph.history import read_history
from graph.merge.suspend import Clerk
from graph.store import Store
from ingest.resolve.company import of_sisters
from ingest.resolve.compared import Kind
from ingest.resolve.linking.certain import is_certain
from ingest.resolve.linking.config import LinkConfig, Thresholds
from ingest.resolve.linking.judge import Pair, judged, likely_pairs
from ingest.resolve.linking.run import Mode, Report, link_graph
from ingest.resolve.linking.sharing import Both, shared_values
from ingest.resolve.prepare import same_phone
from tests.graph.world import NOW, World

CLERK = Clerk("link", NOW, NOW)
PHONE = {"phone": Both("021-50607080", "02150607080", 2)}


@pytest.mark.parametrize(
    ("one", "other", "certain"),
    [
        ({"name": "Nordwind Optics GmbH"}, {"name": "NORDWIND OPTICS G.m.b.H."}, True),
        ({"name": "上海宏远精密机械有限公司"}, {"name": "上海市宏远精密机械公司"}, True),
        ({"name": "Nordwind Optics GmbH"}, {"name": "Nordwind Pumps GmbH"}, False),
        ({"name": "Müller GmbH"}, {"name": "Müller GmbH & Co. KG"}, False),
        ({"name": "Müller GmbH"}, {"name": "Müller AG"}, False),
        ({"name": "Müller GmbH"}, {"name": "Müller"}, True),
        ({"name": "Acme Co., Ltd."}, {"name": "Acme Limited"}, True),
        ({"name": "上海宏远物流有限公司"}, {"name": "上海宏远物流股份有限公司"}, True),
        ({"name": "Werk 1 GmbH"}, {"name": "Werk 2 GmbH"}, False),
        ({"name": "上海宏远物流有限公司"}, {"name": "上海宏远物流有限公司分公司"}, False),
        ({"name": "Acme Ltd", "city": "Leeds"}, {"name": "Acme Ltd", "city": "Graz"}, False),
        ({"name": "Acme Ltd", "city": "上海市"}, {"name": "Acme Ltd", "city": "上海"}, True),
        ({"name": "Acme Ltd", "tax_id": "GB100000001"}, {"name": "Acme Ltd", "tax_id": "GB100000002"}, False),
    ],
)
def test_companies_of_one_name_and_one_number(
    one: dict[str, str], other: dict[str, str], *, certain: bool
) -> None:
    assert is_certain("Customer", one, other, PHONE) is certain
    assert not is_certain("Customer", one, other, {})


def test_one_tax_number_outweighs_another_legal_form_and_another_telephone(store: Store) -> None:
    world = World()
    for place, (name, phone) in enumerate((("Müller GmbH", "030 1234567"), ("Müller AG", "089 7654321"))):
        world.node("Customer", f"c{place}", name=name, phone=phone, tax_id="DE136695976")
    world.load(store)
    assert [one[:2] for one in linked(store, kind="Customer").merged] == [("c0", "c1")]


@pytest.mark.parametrize(
    ("one", "other", "field", "certain"),
    [
        ({"name": "Anna Smith"}, {"name": "Smith, Anna"}, "email", True),
        ({"name": "王 伟"}, {"name": "王伟"}, "mobile", True),
        ({"name": "Anna Smith"}, {"name": "A. Smith"}, "email", False),
        ({"name": "John Smith Sr"}, {"name": "John Smith Jr"}, "mobile", False),
        (
            {"name": "王伟", "mobile": "13800000001"},
            {"name": "王伟", "mobile": "13900000002"},
            "phone",
            False,
        ),
        ({"name": None}, {"name": None}, "email", False),
        ({"name": "N/A"}, {"name": "n/a"}, "email", False),
        ({"name": "Mr Koch"}, {"name": "Koch"}, "email", True),
        ({"name": "Mr Koch"}, {"name": "Mrs. Koch"}, "email", False),
        ({"name": "Frau Ute Koch"}, {"name": "Herr Ute Koch"}, "mobile", False),
    ],
)
def test_people_of_one_name_and_one_address(
    one: dict[str, str | None], other: dict[str, str | None], field: str, *, certain: bool
) -> None:
    assert is_certain("Contact", one, other, {field: Both("x", "x", 2)}) is certain


@pytest.mark.parametrize(
    ("phone", "certain"),
    [("13800138000", True), ("+44 7911 123456", True), ("021-50607080", False), ("+49 30 22334455", False)],
)
def test_colleagues_of_one_name_may_share_a_desk_but_no_mobile(phone: str, *, certain: bool) -> None:
    shared = {"phone": Both(phone, phone, 2)}
    assert is_certain("Contact", {"name": "王伟"}, {"name": "王伟"}, shared) is certain


def test_the_brand_of_a_group_says_nothing_of_its_firms() -> None:
    frame = pd.DataFrame(
        {"customer_id": ["a", "b", "c"], "name": ["Alder Foods", "Alder Pumps", "Alder Foods Ltd"]}
    )
    rows, pairs = frame[["name"]], np.array([[0, 1], [0, 2]])
    evidence = {"name": np.array([9.0, 9.0])}
    sisters, same = np.array([8.0, 9.5]) - 2, np.array([8.0, 9.5]) + 2
    assert [pair.ids for pair in likely_pairs(frame, rows, "Customer", pairs, sisters, evidence)] == [
        ("a", "c")
    ]
    found = likely_pairs(frame, rows, "Customer", pairs, same, evidence)
    assert [(pair.ids, pair.apart) for pair in found] == [(("a", "c"), False), (("a", "b"), True)]


@pytest.mark.parametrize("kind", ["Customer", "Contact"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_short_lists_with_look_alikes(kind: Kind, language: Language) -> None:
    lists = [tally(kind, language, 40, seed) for seed in (5, 6, 7)]
    merged, right = (sum(getattr(one, field) for one in lists) for field in ("merged", "right"))
    assert right >= 0.97 * merged
    assert right >= 0.4 * sum(one.doubled for one in lists)


@pytest.mark.parametrize(
    ("one", "other", "sisters"),
    [
        ("Alder Foods Ltd", "Alder Pumps Ltd", True),
        ("上海宏远物流有限公司", "上海宏远化工有限公司", True),
        ("Alder Ltd", "Alder Foods Ltd", False),
        ("Alder Fods Ltd", "Alder Foods Limited", False),
        ("Intl Business Machines", "International Business Machines Corp", False),
        ("IBM", "International Business Machines", False),
        ("宏远", "上海宏远物流有限公司", False),
    ],
)
def test_firms_of_a_group_have_a_word_each(one: str, other: str, *, sisters: bool) -> None:
    assert of_sisters(one, other) is sisters
    assert of_sisters(other, one) is sisters


def test_two_that_are_apart_are_not_merged_by_way_of_a_third() -> None:
    pairs = [
        Pair(ids, ids, 0.9999, (), apart=ids == ("b", "c")) for ids in (("a", "b"), ("a", "c"), ("b", "c"))
    ]
    frame = pd.DataFrame({"customer_id": ["a", "b", "c"], "name": ["A", "B", "C"], "tax_id": None})
    found = judged(frame, "Customer", pairs, Thresholds(), {})
    assert (found.merges, len(found.reviews)) == ((), 3)


def test_a_stroke_behind_an_area_code_begins_no_other_number() -> None:
    assert same_phone("0731/998877", "+49 731 998877")
    assert same_phone("(0211) / 99 88 77", "0211-998877")
    assert same_phone("0731-998877/998878", "0731 998877")
    assert not same_phone("0731/998877", "0731/998878")


def linked(
    store: Store, home: Path | None = None, config: LinkConfig = LinkConfig(), kind: Kind = "Contact"  # noqa: B008 - frozen
) -> Report:  # fmt: skip
    with read_history(store) as history:
        mode = Mode(home, trained=True)
        return link_graph(store, history.connection, config, CLERK, mode, kinds=[kind])[0]


def three(store: Store) -> None:
    """Of one person three records: the first has an address of each of the others."""
    world = World()
    world.node("Contact", "a", name="Lina Wolf", email="lina@home.example", other_emails=["lw@work.example"])
    world.node("Contact", "b", name="Wolf, Lina", email="LINA@home.example")
    world.node("Contact", "c", name="lina wolf", email="lw@work.example")
    world.node("Contact", "d", name="Otto Wolf", email="otto@home.example")
    world.load(store)


def test_a_record_meets_both_that_have_one_of_its_addresses(store: Store) -> None:
    three(store)
    assert {one[:2] for one in linked(store).merged} == {("a", "b"), ("a", "c")}


def test_who_wants_nothing_merged_gets_both_to_decide(store: Store, tmp_path: Path) -> None:
    three(store)
    asked = LinkConfig(contacts=Thresholds(merge=1, review=0.01))
    first = linked(store, tmp_path, asked)
    assert (first.merged, {pair.ids for pair in first.judged.reviews}) == ((), {("a", "b"), ("a", "c")})
    ruled = LinkConfig(contacts=Thresholds(merge=1, review=0.01, certain=True))
    assert len(linked(store, tmp_path, ruled).merged) == 2


def test_who_is_seen_by_one_of_us_alone_is_merged_with_nobody(store: Store) -> None:
    world = World()
    world.customer("acme")
    world.contact("ann", "acme")
    world.contact("leo", "acme", visibility="owner", owner_id="eva")
    for key in ("ann", "leo", "new"):
        world.node("Contact", key, name="Ida Koch", email="ida@koch.example")
    world.load(store)
    found = linked(store)
    assert ([one[:2] for one in found.merged], found.judged.reviews) == ([("ann", "new")], ())


BARE = {"name": "宏远", "phone": "021-50607080", "website": "hy.cn"}


@pytest.mark.parametrize(
    "rows",
    [
        [BARE, BARE | {"name": "上海宏远物流有限公司"}, BARE | {"name": "上海宏远化工有限公司"}],
        [
            {"name": "宏远物流", "website": "hy.cn"},
            {"name": "上海宏远物流有限公司", "website": "hy.cn"},
            {"name": "北京宏远物流有限公司", "website": "hy.cn"},
        ],
        [
            {"name": "Acme Ltd", "website": "acme.example"},
            {"name": "Acme Ltd", "website": "acme.example", "city": "Leeds"},
            {"name": "Acme Ltd", "website": "acme.example", "city": "Graz"},
        ],
    ],
)
def test_what_contradicts_each_other_is_not_merged_by_way_of_a_third_that_says_little(
    store: Store, rows: list[dict[str, str]]
) -> None:
    world = World()
    for place, row in enumerate(rows):
        world.node("Customer", f"c{place}", **row)
    world.load(store)
    found = linked(store, kind="Customer")
    waiting = {pair.ids for pair in found.judged.reviews}
    assert (found.merged, {("c0", "c1"), ("c0", "c2")} <= waiting) == ((), True)


def test_two_firms_of_a_group_are_not_merged_by_way_of_a_third_though_nothing_else_pairs_them() -> None:
    pairs = [Pair(ids, ids, 0.9999, (), apart=False) for ids in (("a", "b"), ("a", "c"))]
    names = ["Alder", "Alder Foods", "Alder Pumps"]
    frame = pd.DataFrame({"customer_id": ["a", "b", "c"], "name": names, "tax_id": None})
    found = judged(frame, "Customer", pairs, Thresholds(), {})
    assert (found.merges, len(found.reviews)) == ((), 2)
    assert len(judged(frame.assign(name="Alder"), "Customer", pairs, Thresholds(), {}).merges) == 2


def test_what_many_have_and_placeholders_are_shared_by_none(store: Store) -> None:
    world = World()
    for number in range(6):
        world.node("Contact", f"p{number}", name="Ida Koch", phone="030 1234567", mobile="000000000")
    world.node("Contact", "q1", phone="0731/998877")
    world.node("Contact", "q2", phone="+49 (0)731 998877", other_phones=["030 7654321"])
    world.load(store)
    with read_history(store) as history:
        assert set(shared_values(history.connection, "Contact")) == {("q1", "q2")}
        assert set(shared_values(history.connection, "Contact", ["q2"])) == {("q1", "q2")}
        assert shared_values(history.connection, "Contact", ["p1"]) == {}
