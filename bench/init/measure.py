"""How many columns of labelled folders `relgraph ingest init` reads right."""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from bench.init.make import make_folder
from ingest.proposal.propose import propose

FOLDERS = Path(__file__).resolve().parent / "folders"
Expected = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Read:
    """A column as it was read, beside what a person says of it."""

    file: str
    column: str
    expected: str
    found: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Score:
    """Of one folder: how many columns there are, and which are wrong."""

    name: str
    columns: int
    wrong: tuple[Read, ...]
    sure: tuple[float, ...]
    """How sure the proposal is of each column that it reads right."""

    @property
    def right(self) -> float:
        return 1.0 - len(self.wrong) / self.columns if self.columns else 0.0


def stated_folders(folder: Path = FOLDERS) -> list[Path]:
    """The labelled folders, without those in sub-folders."""
    return sorted(folder.glob("*.yml"))


def made(path: Path) -> Score:
    """Make a labelled folder's files and compare the proposal with its labels."""
    stated = yaml.safe_load(path.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        return compared(path.stem, Path(folder), make_folder(stated, Path(folder)))


def compared(name: str, folder: Path, expected: Expected) -> Score:
    """The proposal for a folder beside the labels of its columns."""
    found = propose([folder]).as_dict()["datasets"]
    read = list(_read(found, expected))
    wrong = tuple(one for one in read if one.found != one.expected)
    sure = tuple(one.confidence for one in read if one.found == one.expected)
    return Score(name, len(read), wrong, sure)


def _read(
    found: Mapping[str, Mapping[str, Mapping[str, Mapping[str, object]]]], expected: Expected
) -> Iterator[Read]:
    for file, columns in expected.items():
        there = found.get(file, {}).get("columns", {})
        for column, meaning in columns.items():
            said = there.get(column, {"meaning": "(absent)", "confidence": 0.0})
            yield Read(file, column, meaning, str(said["meaning"]), float(str(said["confidence"])))
