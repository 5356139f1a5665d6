"""The backup file: a ZIP of Parquet tables with a manifest of counts and checksums."""

import hashlib
import zipfile
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from graph.errors import RelgraphError

FORMAT = 1
MANIFEST = "manifest.json"


class BackupError(RelgraphError):
    """A backup could not be written, or a backup file is not what it should be."""


class Table(BaseModel):
    """One table: the nodes of a label, or the relationships of a type between two labels."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    kind: str
    """`node`, `fact` or `part`."""
    name: str
    """The label or relationship type."""
    start: str | None = None
    end: str | None = None
    rows: int
    sha256: str


class Manifest(BaseModel):
    """What a backup holds; two exports of equal graphs have equal tables."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int
    schema_version: int
    database_id: str
    """The graph it was taken from; a restored graph gets an id of its own."""
    taken_at: AwareDatetime
    tables: tuple[Table, ...]


def pack(folder: Path, manifest: Manifest, target: Path) -> None:
    """Write the tables in `folder` and the manifest to `target` in one step; Parquet is compressed."""
    part = target.with_name(f"{target.name}.part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(MANIFEST, manifest.model_dump_json(indent=2))
        for table in manifest.tables:
            archive.write(folder / table.file, table.file)
    part.replace(target)


def unpack(source: Path, folder: Path) -> Manifest:
    """Check the backup file and lay its tables into `folder`; raises BackupError."""
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = Manifest.model_validate_json(archive.read(MANIFEST))
            for table in manifest.tables:
                archive.extract(table.file, folder)
    except FileNotFoundError as error:
        raise BackupError(f"there is no file {source}") from error
    except (zipfile.BadZipFile, KeyError, ValidationError, OSError) as error:
        raise BackupError(f"{source} is not a whole relgraph backup: {error}") from error
    if manifest.format != FORMAT:
        raise BackupError(f"{source} has format {manifest.format}, this program reads {FORMAT}")
    for table in manifest.tables:
        if checksum(folder / table.file) != table.sha256:
            raise BackupError(f"{source} is damaged: the checksum of {table.file} differs")
    return manifest


def checksum(path: Path) -> str:
    """SHA-256 of a file as hexadecimal text."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
