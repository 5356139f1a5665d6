"""The moments that a mapping declares, as canonical UTC text."""

from ingest.mapping.model import Mapping

UNKNOWN_START = "1970-01-01T00:00:00+00:00"
"""Start of what no date is known for: it counts as always true."""


def declared_start(mapping: Mapping, dataset: str) -> str:
    """The start of facts and records of a dataset whose rows carry no date."""
    date = mapping.datasets[dataset].valid_from or mapping.valid_from
    if date is None:
        return UNKNOWN_START
    return f"{date}T00:00:00+00:00" if len(date) == 10 else date
