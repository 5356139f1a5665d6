"""Faults of `pull:` and `push:` that its form alone does not show."""

from collections.abc import Iterator

from ingest.mapping.model import Mapping
from ingest.mapping.places import Path
from ingest.mapping.pull import secret_faults
from ingest.mapping.reads import conditions_of


def pull_faults(mapping: Mapping) -> Iterator[tuple[Path, str]]:
    """Secrets that stand in the mapping, and rows that what is pulled cannot be read with."""
    if mapping.push is not None:
        for place, why in secret_faults(mapping.push.options):
            yield ("push", "to", *place), why
    if mapping.pull is None:
        return
    for place, why in secret_faults(mapping.pull.options):
        yield ("pull", "from", *place), why
    if mapping.rates is not None and mapping.rates.file is not None:
        yield ("rates", "file"), "a mapping with `pull:` reads no files of rates; give them under `dated:`"
    for name, dataset in mapping.datasets.items():
        asked = any(one.in_dataset or one.not_in_dataset for one in conditions_of(dataset))
        if dataset.lookups or asked:
            why = "looks up another dataset, whose rows are not pulled with its own; join them in the system"
            yield ("datasets", name), f"`{name}` {why}, such as by a view"
