"""Branches by names and tax numbers, without a store: what is told, and what looks alike and is none."""

import pytest

from bench.branches.__main__ import by_hand, judged
from graph.branch import Company, find_branches, read_branch
from graph.branch.rules import SURE_BY_TAX
from graph.branch.tax_unit import tax_units


@pytest.mark.parametrize(
    ("name", "head", "place"),
    [
        ("华信国际贸易有限公司上海分公司", "华信国际贸易有限公司", "上海"),
        ("华信國際貿易有限公司(台北)分公司", "华信国际贸易有限公司", "台北"),
        ("华信国际贸易(上海)分公司", "华信国际贸易", "上海"),
        ("Acme GmbH, Niederlassung München", "acme gmbh", "munchen"),
        ("Niederlassung München der Siemens AG", "siemens ag", "munchen"),
        ("Sucursal en España de Acme SL", "acme sl", "espana"),
        ("Acme Ltd London Branch", "acme ltd", "london"),
        ("Acme GmbH, organizační složka", "acme gmbh", None),
    ],
)
def test_a_name_says_whose_branch_it_is(name: str, head: str, place: str | None) -> None:
    found = read_branch(name)
    assert found is not None
    assert (found.head, found.place) == (head, place)


@pytest.mark.parametrize(
    "name",
    ["Olive Branch Ltd", "Filiale Design GmbH", "Branch Brothers Ltd", "Agence Dupont", "北京分公司",
     "分公司管理咨询有限公司", "Acme GmbH", "", "Branch"],
)  # fmt: skip
def test_a_word_in_a_name_makes_no_branch(name: str) -> None:
    assert read_branch(name) is None


def test_the_town_of_a_record_is_a_place() -> None:
    assert read_branch("Harbour Branch Springfield") is None
    assert read_branch("Harbour Branch Springfield", "Springfield") is not None


def test_numbers_are_read_only_where_their_digits_fit() -> None:
    (seat,) = tax_units("11.222.333/0001-81")
    assert (seat.scheme, seat.root, seat.is_seat) == ("cnpj", "11222333", True)
    assert tax_units("11.222.333/0001-82") == ()
    assert tax_units("DE136695976") == ()
    assert tax_units(None) == ()


def test_no_link_closes_a_circle_and_what_is_stated_stands_first() -> None:
    companies = [
        Company("head", "Silva Ltda", tax_id="11.222.333/0001-81"),
        Company("part", "Silva Ltda", tax_id="11.222.333/0002-62"),
    ]
    (found,) = find_branches(companies)
    assert (found.parent_id, found.child_id, found.confidence) == ("head", "part", SURE_BY_TAX)
    assert find_branches(companies, [("part", "head")]) == []
    assert find_branches(companies, [("other", "part")]) == []
    assert find_branches(companies, [("part", "mid"), ("mid", "head")]) == []


def test_made_up_lists_with_look_alikes() -> None:
    told, right, expected = judged(by_hand())
    assert sum(told.values()) >= 30
    assert sum(right.values()) / sum(told.values()) >= 0.97
    assert sum(right.values()) / expected >= 0.9
