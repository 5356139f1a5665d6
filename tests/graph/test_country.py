"""Countries by what records write for them."""

import pytest

from graph.country import country_code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("DE", "DE"), ("deu", "DE"), ("Deutschland", "DE"), ("中国", "CN"), ("U.S.A.", "US"), ("UK", "GB"),
        ("Czech Republic", "CZ"), ("Czechia", "CZ"), (" Côte d’Ivoire", "CI"), ("Atlantis", None), ("", None),
    ],
)  # fmt: skip
def test_codes_and_names_in_several_languages(text: str, code: str | None) -> None:
    assert country_code(text) == code
