"""Which datasets of a mapping the given path has files for: one file, or part of them, loads what it fits."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from ingest.errors import SourceUnreadable
from ingest.mapping.model import Dataset, Mapping
from ingest.staging.source import located


def with_files(mapping: Mapping, root: Path) -> tuple[Mapping, tuple[str, ...]]:
    """The mapping with the datasets that have files at `root`, and a sentence on each one that is left out.

    A file given by itself serves the datasets whose `file:` fits its name, or the only dataset there is.
    Raises SourceUnreadable: no dataset has a file, or one that has looks up one that has none.
    """
    missing = dict(_missing(mapping, root))
    kept = {name: dataset for name, dataset in mapping.datasets.items() if name not in missing}
    if not kept:
        raise next(iter(missing.values()))
    for name, dataset in kept.items():
        for other in sorted(_asked(dataset) & missing.keys()):
            why = f"dataset `{name}` looks up dataset `{other}`, which has no file here"
            raise SourceUnreadable(root, why)
    names = tuple(mapping.sources())  # the order of sources stays that of the whole mapping
    files = {name: mapping.datasets[name].file for name in missing}
    notes = tuple(f"{name}: skipped, `{file}` is not among the files" for name, file in files.items())
    return mapping.model_copy(update={"datasets": kept, "priority": names}), notes


def _missing(mapping: Mapping, root: Path) -> Iterator[tuple[str, SourceUnreadable]]:
    """The datasets without a file, each with why."""
    for name, dataset in mapping.datasets.items():
        try:
            if root.is_file() and len(mapping.datasets) > 1 and not _fits(root, dataset.file):
                files = ", ".join(sorted({f"`{one.file}`" for one in mapping.datasets.values()}))
                raise SourceUnreadable(root, f"fits no dataset of the mapping (their files: {files})")
            located(root, dataset.file)
        except SourceUnreadable as error:
            yield name, error


def _fits(file: Path, pattern: str) -> bool:
    return fnmatchcase(file.name, PurePosixPath(pattern).name)


def looked_up(mapping: Mapping, name: str) -> set[str]:
    """The datasets whose rows this one reads beside its own, and those that they read in turn."""
    found: set[str] = set()
    new = _asked(mapping.datasets[name])
    while new:
        found |= new
        new = {other for one in new for other in _asked(mapping.datasets[one])} - found
    return found - {name}


def _asked(dataset: Dataset) -> set[str]:
    """The datasets whose rows this one reads beside its own."""
    conditions = [*dataset.where]
    conditions += [one for node in dataset.nodes for one in node.where]
    conditions += [one for link in dataset.links for one in link.where]
    asked = [name for one in conditions for name in (one.in_dataset, one.not_in_dataset) if name]
    return {lookup.dataset for lookup in dataset.lookups} | {name.partition(".")[0] for name in asked}
