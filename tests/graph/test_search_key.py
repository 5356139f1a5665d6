"""Folded words and keys of company names: what is one name for a person is one key."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.search_key import (
    NO_KEY,
    full_text_query,
    indexed_words,
    name_key,
    part_of_name,
    read_name,
    same_letters,
    words,
)

ONE_NAME = [
    ["AT&T Inc", "at&t", "At & T Inc.", "AT and T", "ＡＴ＆Ｔ", "att"],
    ["Müller GmbH", "MÜLLER", "muller", "Muller G.m.b.H.", "Müller GmbH & Co. KG", "Müller AG"],
    ["Société Générale", "societe generale", "SOCIÉTÉ GÉNÉRALE S.A.", "Societe Generale SA"],
    ["Ørsted A/S", "orsted", "ØRSTED AS"],
    ["Łódź Sp. z o.o.", "lodz", "Lodz Sp z oo"],
    ["Straße 5", "STRASSE 5", "strasse 5 d.o.o."],
    ["İstanbul A.Ş.", "istanbul", "ISTANBUL"],
    ["L'Oréal", "L’Oreal", "LOREAL SA"],
    ["Johnson & Johnson", "johnson and johnson", "Johnson + Johnson Inc", "Johnson und Johnson"],
    ["Hewlett-Packard", "Hewlett Packard Company", "HewlettPackard"],
    ["北京宏达科技有限公司", "北京宏达科技", "北京宏达科技股份有限公司", "北京宏达科技 有限公司"],
    ["株式会社トヨタ", "トヨタ", "（株）トヨタ", "㈱トヨタ", "ﾄﾖﾀ"],
    ["ООО «Ромашка»", "ромашка", "РОМАШКА ООО"],
    ["삼성전자주식회사", "삼성전자", "(주)삼성전자"],
    ["ΕΛΛΑΣ", "Ελλάς", "ελλας"],
    ["The Gap, Inc.", "gap"],
]
TWO_NAMES = [
    ("AT&T", "Toro"), ("Müller", "Möller"), ("宏达", "宏远"), ("がく", "かく"), ("3M", "3N"),
    ("Limited", "Company"), ("E.ON", "Eos"),
]  # fmt: skip


@pytest.mark.parametrize("spellings", ONE_NAME, ids=lambda names: names[0])
def test_one_name_has_one_key_however_it_is_spelt(spellings: list[str]) -> None:
    forms = [unicodedata.normalize(form, name) for name in spellings for form in ("NFC", "NFD", "NFKD")]
    assert {name_key(name) for name in forms} == {name_key(spellings[0])}


@pytest.mark.parametrize(("one", "other"), TWO_NAMES)
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert set(read_name(one).keys).isdisjoint(read_name(other).keys)


def test_letters_written_as_two_are_a_second_key() -> None:
    assert read_name("Müller GmbH").keys == ("muller", "mueller")
    assert read_name("Mueller").keys == ("mueller",)
    assert "mueller" in indexed_words("Müller GmbH").split()
    assert full_text_query("Müller AG") == "+(muller* mueller*)"


def test_forms_alone_and_signs_alone() -> None:
    assert name_key("Limited") == "limited"
    assert name_key("有限公司") == "有限公司"
    assert [name_key(text) for text in ("&", "…", " ", "!?")] == [None] * 4
    assert full_text_query("&") == ""
    assert part_of_name("&") == NO_KEY
    assert name_key("S.p.A. Rossi") == "sparossi"


def test_a_script_without_blanks_is_indexed_by_characters_and_pairs() -> None:
    assert indexed_words("宏达科技") == "宏达科技 宏 达 科 技 宏达 达科 科技"
    assert full_text_query("宏达科") == "+宏达 +达科"
    assert full_text_query("技") == "+技"
    assert full_text_query("ABC科技 Beijing") == "+abc +科技 +beijing*"


def test_case_and_form_are_nothing_but_accents_are_letters() -> None:
    assert same_letters("Socie\u0301te\u0301  Générale ") == same_letters("SOCIÉTÉ GÉNÉRALE")
    assert same_letters("Societe") != same_letters("Société")


@given(st.text(max_size=60))
def test_no_text_makes_an_operator(text: str) -> None:
    bare = full_text_query(text).replace("+", " ").replace("(", " ").replace(")", " ").replace("*", " ")
    assert all(term.isalnum() or unicodedata.category(term[-1])[0] in "LMN" for term in bare.split())
    assert NO_KEY not in indexed_words(text)
    assert NO_KEY not in (name_key(text) or "")


@given(st.text(st.characters(codec="utf-8", categories=["L", "M", "N", "Zs", "P"]), max_size=40))
def test_folding_again_changes_nothing(text: str) -> None:
    once = " ".join(words(text))
    assert words(once) == words(" ".join(words(once)))


def test_a_text_of_thousands_of_words_stays_a_small_query() -> None:
    assert len(full_text_query("wort " * 3000).split()) == 40
    assert len(full_text_query(" ".join(f"w{n}" for n in range(3000))).split()) == 40
