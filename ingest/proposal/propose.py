"""From files to a proposal: every table found, profiled, and its columns decided together."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa

from ingest.errors import SourceUnreadable
from ingest.proposal.assign import Decided, decide
from ingest.proposal.books import told_by_sides
from ingest.proposal.codes.code_list import codes_of
from ingest.proposal.codes.listed import listed
from ingest.proposal.codes.resolved import with_names
from ingest.proposal.columns.overlap import Overlap
from ingest.proposal.columns.profile import Profile, profile
from ingest.proposal.columns.tables import Table, files_below, tables_of
from ingest.proposal.inner_tables import lists_of, with_inner
from ingest.proposal.proposed import Proposal, Proposed
from ingest.proposal.records.records import record_of
from ingest.proposal.records.sides import sides_of_book
from ingest.proposal.rows.named import Held
from ingest.proposal.rows.renamed import as_others_call
from ingest.staging.source import Source, open_sources


def propose(paths: Sequence[Path], step: Callable[[str], None] = lambda _: None) -> Proposal:
    """What the columns of files (or of a folder's) mean. Raises SourceUnreadable: none holds a table."""
    root, files = _files(paths)
    notes: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        profiles = _profiles(root, files, Path(scratch), notes, step)
    codes = codes_of(profiles)
    lists = [one.profile for one in codes.lists]
    told = [with_names(one, codes.pointing[one.table.name]) for one in profiles if one not in lists]
    records = _records(told)
    tables = [*records, *listed(codes, records)]
    if not tables:
        raise SourceUnreadable(root, "holds no table" + "".join(f"; {note}" for note in notes))
    order = [one.table.name for one in profiles]
    return Proposal(root, tuple(sorted(tables, key=lambda one: order.index(one.table.name))), tuple(notes))


def _records(profiles: Sequence[Profile]) -> list[Proposed]:
    """Tables of records and links with what their columns mean, each in sight of the others."""
    told = [Held(one, record_of(one)) for one in profiles]
    overlap = Overlap()
    held = [as_others_call(one, [o for o in told if o is not one], overlap) for one in told]
    names = [one.table for one in profiles]
    return [Proposed(one.profile, one.record, tuple(_decided(one, held, overlap, names))) for one in held]


def _decided(one: Held, held: Sequence[Held], overlap: Overlap, tables: Sequence[Table]) -> list[Decided]:
    """The columns of a table in their order, those among them whose lists are other tables."""
    found = decide(one, [other for other in held if other is not one], overlap)
    found = told_by_sides(found, one.record, sides_of_book(one.profile, one.record))
    found += lists_of(one.profile, tables)
    return sorted(found, key=lambda decided: decided.column.position)


def _with_inner(found: Profile, source: Source, scratch: Path) -> list[Profile]:
    """A table, followed by those that its objects hold."""
    if source.encoding not in ("json", "parquet"):
        return [found]
    tables = with_inner(found, source.path, scratch)
    return [*([tables.outer] if tables.outer is not None else []), *tables.inner]


def _files(paths: Sequence[Path]) -> tuple[Path, list[Path]]:
    """The folder that names are relative to, and the files. Raises SourceUnreadable: a path is not there."""
    missing = next((path for path in paths if not path.exists()), None)
    if missing is not None:
        raise SourceUnreadable(missing, "does not exist")
    if len(paths) == 1 and paths[0].is_dir():
        return paths[0], files_below(paths[0])
    files = [file for path in paths for file in (files_below(path) if path.is_dir() else [path])]
    root = Path(*_shared([file.resolve().parent.parts for file in files]))
    return root, [file.resolve() for file in files]


def _shared(parts: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The beginning that all paths have in common."""
    shared: list[str] = []
    for level in zip(*parts, strict=False):
        if len(set(level)) > 1:
            break
        shared.append(level[0])
    return tuple(shared)


def _profiles(
    root: Path, files: Sequence[Path], scratch: Path, notes: list[str], step: Callable[[str], None]
) -> list[Profile]:
    """The tables of all files; to `notes` a sentence is added on each one that is none."""
    profiles: list[Profile] = []
    for file in files:
        name = file.relative_to(root).as_posix()
        step(f"reading {name}")
        try:
            for table in tables_of(file, name):
                (source,) = open_sources(file, table.dataset, scratch)
                profiles += _with_inner(profile(table, source), source, scratch)
        except (SourceUnreadable, pa.ArrowInvalid) as error:
            why = str(error).partition("\n")[0].removesuffix("; nothing was loaded")
            notes.append(f"{name} is left out: {why}")
    return profiles
