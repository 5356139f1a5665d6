"""The tour of docs/api.md: every request in it fits the schema."""

import re

import pytest

from graphql_api.schema import schema
from tests.paths import REPO

TOUR = re.findall(r"```graphql\n(.*?)```", (REPO / "docs" / "api.md").read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize("text", TOUR)
async def test_every_request_of_the_tour_fits_the_schema(text: str) -> None:
    document = await schema.documents.of(text)
    assert document.operation(None).name is not None


def test_the_tour_has_its_steps() -> None:
    assert len(TOUR) >= 7
