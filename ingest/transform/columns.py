"""Which columns a mapping reads of each dataset, and which of them a file lacks."""

from graph.sentences import suggestion
from ingest.mapping.model import Mapping
from ingest.mapping.reads import conditions_of, own_columns
from ingest.staging.source import Source, lines_above


def columns_used(mapping: Mapping) -> dict[str, set[str]]:
    """The file columns that are read of every dataset, also by other datasets' look-ups and conditions."""
    used = {name: set(own_columns(dataset)) for name, dataset in mapping.datasets.items()}
    for dataset in mapping.datasets.values():
        for lookup in dataset.lookups:
            used[lookup.dataset] |= {*lookup.on.values(), *lookup.take.values()}
        for condition in conditions_of(dataset):
            for asked in (condition.in_dataset, condition.not_in_dataset):
                if asked is not None:
                    name, _, column = asked.partition(".")
                    used[name].add(column)
    for name, dataset in mapping.datasets.items():
        used[name] -= dataset.brought - set(dataset.columns or ())
    return used


def missing_columns(mapping: Mapping, name: str, source: Source) -> list[str]:
    """`file: has no column …` for every column that the mapping reads and the file lacks."""
    there = set(source.columns)
    wanted = columns_used(mapping)[name]
    faults = [
        f"{source.path}: dataset `{name}`: has no column `{column}`{suggestion(column, there)}"
        for column in sorted(wanted - there)
    ]
    above = lines_above(source, wanted) if faults else None
    if above:
        faults.append(
            f"{source.path}: dataset `{name}`: they stand in row {above + 1}: declare `skip_lines: {above}`"
        )
    return faults
