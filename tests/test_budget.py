"""The sample of a long suite: what is drawn, and what happens when the time is over."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.budget import drawn


def test_a_seed_draws_an_order_in_which_known_answers_come_first(request: pytest.FixtureRequest) -> None:
    items = request.session.items
    first, again, other = (drawn(items, seed) for seed in ("one", "one", "two"))
    assert first == again
    assert {item.nodeid for item in first} == {item.nodeid for item in items}
    known = {item.path for item in items if item.get_closest_marker("query")}
    assert [item.path in known for item in first] == sorted(
        (item.path in known for item in items), reverse=True
    )
    if len({item.path for item in items}) > 20:  # of a few files two draws may be one
        assert first != other


@pytest.mark.slow
def test_no_test_begins_when_the_time_is_over() -> None:
    here = Path(__file__)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--minutes", "0"]
    chosen = f"{here}::{test_a_seed_draws_an_order_in_which_known_answers_come_first.__name__}"
    done = subprocess.run(
        [*command, chosen], cwd=here.parents[1], capture_output=True, text=True, timeout=120, check=True
    )
    assert "1 skipped" in done.stdout
    assert "the 0 minutes of this run were over" in done.stdout
