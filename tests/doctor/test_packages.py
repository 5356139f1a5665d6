"""What the doctor says about the installed packages."""

import pytest
from packaging.requirements import Requirement

from relgraph.doctor import packages

DECLARED = [
    Requirement("pytest>=1"),
    Requirement("no-such-package-anywhere>=2 ; extra == 'gnn'"),
    Requirement("pydantic<1 ; extra == 'old'"),
    Requirement("tomli>=1 ; python_version < '3.0'"),
]


def test_the_core_of_this_installation_is_complete() -> None:
    assert packages.examine_packages()[0].status == "ok"


def test_a_distribution_that_is_absent_is_broken_and_says_how_to_install() -> None:
    (finding,) = packages.examine_packages("no-such-distribution-anywhere")
    assert finding.status == "broken"
    assert finding.advice is not None
    assert "install" in finding.advice


@pytest.mark.parametrize(
    ("extra", "sentences"),
    [
        ("", []),
        ("gnn", ["no-such-package-anywhere is absent"]),
        ("old", ["pydantic is"]),
        ("unknown", []),
    ],
)
def test_each_extra_answers_for_its_own_packages(extra: str, sentences: list[str]) -> None:
    unmet = packages.unmet(DECLARED, extra)
    assert len(unmet) == len(sentences)
    assert all(found.startswith(wanted) for found, wanted in zip(unmet, sentences, strict=True))


def test_an_incomplete_extra_is_optional_and_an_incomplete_core_is_broken() -> None:
    assert packages.extra(DECLARED, "gnn").status == "optional"
    assert packages.core([Requirement("no-such-package-anywhere")]).status == "broken"


def test_a_marker_for_another_python_asks_for_nothing() -> None:
    assert not packages.belongs(DECLARED[3], "")
