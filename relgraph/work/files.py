"""Files of a watched folder: what is new loads, and is remembered."""

from pathlib import Path

from graph.errors import RelgraphError
from graph.inbox.waiting import try_again
from graph.store import StoreError
from ingest.mapping.model import Mapping
from ingest.mapping.read import read_mapping
from ingest.options import LoadOptions
from ingest.report import Report
from ingest.run import ingest
from relgraph.work.pull import Asked
from relgraph.work.state import Files
from relgraph.work.watch import Watch, files_of, kept_with, look, only, settled, to_load
from relgraph.work.working import REFUSED, Working, counts


class FolderMissing(RelgraphError):
    """A watched folder is not there."""

    def __init__(self, watch: Watch) -> None:
        super().__init__(f"the watched folder {watch.folder} does not exist; make it, or correct --watch")


def load_files(work: Working, watch: Watch) -> None:
    """Load what is new in a folder, and whole. Raises FolderMissing."""
    if not watch.folder.is_dir():
        raise FolderMissing(watch)
    mapping = read_mapping(watch.mapping).model_copy(update={"live": True})
    now = look(watch.folder, mapping)
    loaded = _loaded(work, watch, now)
    whole = set(now) if watch.pulled else settled(now, work.state.seen.get(watch.name, {}), work.wall())
    work.round.files_waiting += sorted(one for one in now if one not in whole and one not in loaded)
    if work.state.seen.get(watch.name) != now:
        work.keep(seen=work.state.seen | {watch.name: now})
    names = to_load(watch.folder, mapping, now, loaded, whole)
    if names:
        _load(work, watch, mapping, {name: now[name] for name in names})


def _loaded(work: Working, watch: Watch, now: Files) -> Files:
    """The files that are done with. Those that failed are tried again once one of them has changed."""
    loaded, refused = work.state.loaded.get(watch.name, {}), work.state.refused.get(watch.name, {})
    if any(now.get(name) != at for name, at in refused.items()):
        loaded = {name: at for name, at in loaded.items() if name not in refused}
        failed = {name: said for name, said in work.state.failed.items() if name != watch.name}
        others = {name: files for name, files in work.state.refused.items() if name != watch.name}
        work.keep(loaded=work.state.loaded | {watch.name: loaded}, refused=others, failed=failed)
    return loaded


def _load(work: Working, watch: Watch, mapping: Mapping, files: Files) -> None:
    try:
        with work.loading(), only(watch.folder, sorted(files), work.home) as place:
            report = _ingested(work, watch, mapping, place)
    except REFUSED as error:
        _refuse(work, watch, files, str(error))
        return
    work.round.loads.append(
        {"folder": str(watch.folder), "files": sorted(files), **counts(report.run_id, report.totals)}
    )
    try_again(work.store)  # before the files are remembered, so that a kill in between repeats it
    _remember(work, watch, mapping, files, report)
    if watch.pulled:
        tidy(work, watch, mapping)


def _remember(work: Working, watch: Watch, mapping: Mapping, files: Files, report: Report) -> None:
    """These files are done with; where they brought something, others with bad rows are tried again."""
    bad = {name for name, counted in report.datasets.items() if counted.quarantined}
    named = {file for name, own in files_of(watch.folder, mapping).items() if name in bad for file in own}
    before = set(work.state.incomplete.get(watch.name, ()))
    incomplete = sorted(before - files.keys() | named & files.keys())
    loaded = work.state.with_incomplete_again() if report.changed else work.state.loaded
    work.keep(
        loaded=loaded | {watch.name: loaded.get(watch.name, {}) | files},
        incomplete=work.state.incomplete | {watch.name: incomplete},
        asked={
            name: asked.loaded(set(files)) if name == watch.name else asked
            for name, asked in work.state.asked.items()
        },
        last_run=report.run_id if report.changed else work.state.last_run,
    )


def _ingested(work: Working, watch: Watch, mapping: Mapping, place: Path) -> Report:
    """The report of the load; errors name the watched folder, not the place of its links."""
    try:
        return ingest(
            work.store, mapping, place, work.home, work.wall(),
            LoadOptions(fixed=work.settings.now, limits=work.limits),
        )  # fmt: skip
    except StoreError:
        raise
    except RelgraphError as error:
        error.args = (str(error).replace(str(place), str(watch.folder)),)
        raise


def _refuse(work: Working, watch: Watch, files: Files, why: str) -> None:
    """Remember that these files cannot be loaded, so that they are not tried again as they are."""
    done = work.state.loaded.get(watch.name, {}) | files
    refused = work.state.refused.get(watch.name, {}) | files
    said = dict.fromkeys([*work.state.failed.get(watch.name, "").split("; also "), why])
    work.keep(
        loaded=work.state.loaded | {watch.name: done},
        refused=work.state.refused | {watch.name: refused},
        failed=work.state.failed | {watch.name: "; also ".join(filter(None, said))},
    )


def tidy(work: Working, watch: Watch, mapping: Mapping) -> None:
    """Remove pulled files that are done with; those with bad rows, and later ones, are tried again."""
    incomplete = work.state.incomplete.get(watch.name, ())
    stays = {*incomplete} | kept_with(incomplete, files_of(watch.folder, mapping))
    stays |= work.state.asked.get(watch.name, Asked()).waiting
    done = work.state.loaded.get(watch.name, {}).keys() - stays
    for name in done:
        (watch.folder / name).unlink(missing_ok=True)
    if done:
        loaded, refused = (
            known
            | {watch.name: {name: at for name, at in known.get(watch.name, {}).items() if name in stays}}
            for known in (work.state.loaded, work.state.refused)
        )
        work.keep(loaded=loaded, refused=refused)
