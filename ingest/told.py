"""What loads tell of the quality of sources: rows that wait for a repair, and where fields come from."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from graph.duckdb_limits import USUAL_LIMITS, DuckDbLimits
from graph.quality import Origin, Place, Told
from ingest.mapping.kinds import ITEM
from ingest.mapping.model import Mapping as Declared
from ingest.mapping.reads import columns_of
from ingest.mapping.value import Value
from ingest.quarantine.waiting import BadRow, waiting_rows
from ingest.revert.archive import Archived, archived_runs
from ingest.staging.database import STAGING, open_staging

_ABOUT = re.compile(r"^(?P<label>[A-Za-z0-9_/]+)(?:\.(?P<field>\w+)| key| match| from| to): ")
"""How the reason of a bad row begins: see `ingest.transform.reasons`; of an item's field with its kinds."""


def told(home: Path, database_id: str, limits: DuckDbLimits = USUAL_LIMITS) -> Told:
    """Of the loads of a graph that are kept in a home, if any. Raises StagingLocked while one is running."""
    if not (home / STAGING).exists():
        return Told()
    runs = archived_runs(home, database_id)
    with closing(open_staging(home, limits)) as staging:
        waiting = waiting_rows(staging, runs)
    return Told(_refused(waiting, runs), dict(_origins(runs)))


def _refused(waiting: Iterable[BadRow], runs: Iterable[Archived]) -> Mapping[Place, int]:
    """Rows that wait by the field that they were refused for, and by the record that they would have been."""
    by_run = {run.run_id: run.mapping for run in runs}
    found: Counter[Place] = Counter()
    for one in waiting:
        mapping = by_run.get(one.run_id)
        if mapping is not None and one.dataset in mapping.datasets:
            found.update(places_of(one, mapping))
    return found


def places_of(one: BadRow, mapping: Declared) -> set[Place]:
    """What a row that was refused counts against: the record that it would have been, and the field."""
    dataset, source = mapping.datasets[one.dataset], mapping.source_of(one.dataset)
    makes = [rule.label for rule in dataset.nodes[:1]] or [rule.type for rule in dataset.links[:1]]
    places = {Place(source, label, None) for label in makes}
    if about := _ABOUT.match(one.reason):
        custom = any(about["field"] in rule.attributes for rule in dataset.nodes)
        field = f"x_{about['field']}" if custom else about["field"]
        places.add(Place(source, _label(about["label"], mapping), field))
    return places


def _label(said: str, mapping: Declared) -> str:
    """The label that a reason speaks of: of an item's own field it names the kinds, as `machine/vehicle`."""
    return ITEM if all(one in mapping.kinds for one in said.split("/")) else said


def _origins(runs: Iterable[Archived]) -> Iterator[tuple[Place, Origin]]:
    """The columns of each field, as the newest mapping that names it says."""
    for run in runs:
        for name, dataset in run.mapping.datasets.items():
            values = [
                *((rule.label, rule.fields | _custom(rule.attributes)) for rule in dataset.nodes),
                *((link.type, link.fields) for link in dataset.links),
            ]
            for label, fields in values:
                for field, value in fields.items():
                    place = Place(run.mapping.source_of(name), label, field)
                    yield place, Origin(name, dataset.file, tuple(columns_of(value)))


def _custom(attributes: Mapping[str, Value]) -> dict[str, Value]:
    return {f"x_{name}": value for name, value in attributes.items()}
