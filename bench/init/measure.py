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
class Wrong:
    """A column that was read otherwise than a person does."""

    file: str
    column: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Score:
    """Of one folder: how many columns there are, and which are wrong."""

    name: str
    columns: int
    wrong: tuple[Wrong, ...]

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
    wrong = tuple(_wrong(found, expected))
    return Score(name, sum(len(columns) for columns in expected.values()), wrong)


def _wrong(
    found: Mapping[str, Mapping[str, Mapping[str, Mapping[str, object]]]], expected: Expected
) -> Iterator[Wrong]:
    for file, columns in expected.items():
        there = found.get(file, {}).get("columns", {})
        for column, meaning in columns.items():
            said = str(there.get(column, {}).get("meaning", "(absent)"))
            if said != meaning:
                yield Wrong(file, column, meaning, said)
