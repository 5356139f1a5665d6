"""Rows of a system that is asked: they wait as files, and load as those of a folder do."""

from pathlib import Path

from graph.errors import RelgraphError
from graph.work.standing import Word, keep_word
from ingest.mapping.model import Mapping
from ingest.mapping.pull import Pull
from ingest.mapping.read import read_mapping
from relgraph.work.files import load_files, tidy
from relgraph.work.pull import Asked, ask_system, pulled_watch
from relgraph.work.watch import Watch
from relgraph.work.working import Working


class NothingToPull(RelgraphError):
    """A mapping was named whose rows come from no system."""

    def __init__(self, mapping: Path) -> None:
        super().__init__(f"{mapping} has no `pull:`, which says where its rows are; or use --watch FOLDER")


def load_pulled(work: Working, path: Path) -> None:
    """Ask a mapping's system where it is due, then load what it gave, now or before. Raises NothingToPull."""
    mapping = read_mapping(path)
    if mapping.pull is None:
        raise NothingToPull(path)
    watch = pulled_watch(work.home, path, mapping)
    tidy(work, watch, mapping)
    asked = work.state.asked.get(watch.name, Asked())
    if asked.due is None or work.wall() >= asked.due:
        keep_word(work.store, Word("working", work.wall(), work.job.interval_s))
        _ask(work, watch, mapping, mapping.pull)
    _drop_replaced(work, watch)
    load_files(work, watch)


def _ask(work: Working, watch: Watch, mapping: Mapping, declared: Pull) -> None:
    """Have the rows of every stream wait as a file; what fails is told until it works."""

    def keep(asked: Asked) -> None:
        work.keep(asked=work.state.asked | {watch.name: asked})

    known = work.state.asked.get(watch.name, Asked())
    failed = ask_system(mapping, declared, work.job.ask, watch.folder, known, work.wall, keep)
    told = f"pull {watch.mapping}"
    others = {name: said for name, said in work.state.failed.items() if name != told}
    work.keep(failed=others | ({told: "; also ".join(failed)} if failed else {}))


def _drop_replaced(work: Working, watch: Watch) -> None:
    """Remove older files of streams of which one that waits holds all rows."""
    gone = work.state.asked.get(watch.name, Asked()).replaced(watch.folder)
    if gone:
        left = [name for name in work.state.incomplete.get(watch.name, ()) if name not in gone]
        work.keep(incomplete=work.state.incomplete | {watch.name: left})
    for name in gone:
        (watch.folder / name).unlink(missing_ok=True)
