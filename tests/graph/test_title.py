"""What job titles say, in English and Chinese."""

import pytest

from graph.title import read_title


@pytest.mark.parametrize(
    ("title", "seniority", "department", "role"),
    [
        ("Owner", "owner", "management", "decision_maker"),
        ("Owner/Marketing Assistant", "owner", "management", "decision_maker"),
        ("CEO", "c_level", "management", "decision_maker"),
        ("Chief Financial Officer", "c_level", "finance", "economic_buyer"),
        ("Vice President of Sales", "vp", "sales", "decision_maker"),
        ("Head of IT", "director", "technology", "technical_buyer"),
        ("Purchasing Manager", "manager", "purchasing", "economic_buyer"),
        ("Purchasing Agent", "staff", "purchasing", "gatekeeper"),
        ("Accounting Manager", "manager", "finance", "influencer"),
        ("Assistant to the CEO", "staff", None, "user_buyer"),
        ("总经理", "c_level", "management", "decision_maker"),
        ("副总经理", "vp", "management", "decision_maker"),
        ("总经理助理", "staff", None, "user_buyer"),
        ("采购总监", "director", "purchasing", "economic_buyer"),
        ("技术工程师", "staff", "technology", "technical_buyer"),
    ],
)
def test_known_titles(title: str, seniority: str, department: str | None, role: str) -> None:
    reading = read_title(title)
    assert (reading.seniority, reading.department, reading.role) == (seniority, department, role)


@pytest.mark.parametrize("title", [None, "", "  ", "xyzzy", "???", "/"])
def test_unknown_titles_say_nothing(title: str | None) -> None:
    reading = read_title(title)
    assert (reading.seniority, reading.role, reading.level) == (None, None, None)


def test_a_title_never_claims_certainty() -> None:
    for title in ("Owner", "CEO", "Purchasing Manager", "采购员"):
        confidence = read_title(title).confidence
        assert confidence is not None
        assert 0 < confidence < 1
