"""Which streams of a system a mapping reads."""

from fnmatch import fnmatchcase

from ingest.mapping.model import Dataset, Mapping
from ingest.source.connector import System
from ingest.source.errors import PullInvalid

SAMPLE = "20260101T000000000000Z"


def streams_read(mapping: Mapping, system: System) -> list[str]:
    """Those whose files some dataset names, in the order of the datasets. Raises PullInvalid."""
    read: list[str] = []
    for name, dataset in mapping.datasets.items():
        fitting = [one for one in system.streams if _takes(dataset, one)]
        if not fitting:
            known = ", ".join(f"`{one}-*.jsonl`" for one in system.streams)
            raise PullInvalid(f"dataset `{name}` reads `{dataset.file}`, but the system gives {known}")
        for one in fitting:
            if dataset.complete and system.incremental(one):
                why = "holds only what changed since its cursor; remove `complete: true`, or the cursor"
                raise PullInvalid(f"dataset `{name}` is declared complete, but `{one}` {why}")
        read += fitting
    return list(dict.fromkeys(read))


def _takes(dataset: Dataset, stream: str) -> bool:
    return fnmatchcase(f"{stream}-{SAMPLE}.jsonl", dataset.file)
