"""A home whose staging file another version of relgraph made."""

import duckdb
import pytest

from ingest.errors import StagingForeign
from tests.ingest.conftest import Workshop
from tests.ingest.reading import contents
from tests.ingest.replacing import HEAD_OF_STATES, OWNERS, STATES

_OLD = (
    """ALTER TABLE source_record DROP COLUMN ended_at; DROP TABLE fact_state; DROP TABLE IF EXISTS layout"""
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "made"),
    [
        (_OLD, "an earlier"),
        ("DROP TABLE layout", "an earlier"),
        ("UPDATE layout SET version = 0", "an earlier"),
        ("UPDATE layout SET version = version + 1", "a later"),
    ],
)
def test_a_home_of_another_version_says_what_to_do(workshop: Workshop, change: str, made: str) -> None:
    workshop.put(staff_csv="id,name\ne1,Uma\n", accounts_csv=HEAD_OF_STATES + STATES[0])
    workshop.load(OWNERS)
    before, path = contents(workshop.store), workshop.home / "staging.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(change)
    with pytest.raises(StagingForeign, match=rf"made by {made} version of relgraph.*`relgraph ingest PATH"):
        workshop.load(OWNERS)
    assert contents(workshop.store) == before
    path.unlink()
    workshop.load(OWNERS)
    assert contents(workshop.store) == before
    assert not workshop.load(OWNERS).changed
