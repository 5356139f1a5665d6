"""Records that are one or may be: linked as `relgraph resolve link` links them, and told one by one."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb

from graph.alert.playbook import Language
from graph.clock import data_now
from graph.history import open_history
from graph.merge.suspend import Clerk
from graph.service import run_sync
from graph.sql import fill, name
from graph.sql.run import execute
from graph.store import Store
from ingest.resolve.compared import TABLES, Kind, same
from ingest.resolve.linking.config import FILE, link_config
from ingest.resolve.linking.judge import Pair
from ingest.resolve.linking.run import KINDS, Mode, Report, link_graph
from relgraph.memory import duckdb_limits
from relgraph.page.texts import text
from relgraph.quickstart.finding import Finding
from relgraph.settings import Settings

MOST = 200_000
"""Records of a kind that are linked at a first look; more are left to `relgraph resolve link`."""
ALIKE = 16 / 17
"""How probable it must be that two are one where no field is equal: short names are alike by chance."""


@dataclass(frozen=True, slots=True)
class LinkedOnce:
    """What linking said of each kind, and the kinds that were too large for a first look."""

    reports: list[Report]
    left_out: dict[Kind, int]

    @property
    def dry(self) -> bool:
        """Whether nothing was merged."""
        return any(report.dry for report in self.reports)


def link_once(store: Store, settings: Settings, *, merge: bool, say: Callable[[str], None]) -> LinkedOnce:
    """Link all customers and contacts; merge where `merge` is set, or the home has rules of linking.

    What is only told of leaves no trace: the next `resolve link` finds it all new.
    """
    limits = duckdb_limits(settings)
    dry = not (merge or (settings.home / FILE).is_file())
    mode = Mode(None if dry else settings.home, limits, whole=True, dry=dry, trained=True)
    clerk = Clerk("link", run_sync(store, data_now), datetime.now(UTC))
    with open_history(store, settings.home, limits) as history:
        counted = {kind: _records(history.connection, kind) for kind in KINDS}
        small = [kind for kind in KINDS if counted[kind] <= MOST]
        config = link_config(None, settings.home)
        reports = link_graph(store, history.connection, config, clerk, mode, say, small)
    return LinkedOnce(reports, {kind: count for kind, count in counted.items() if kind not in small})


def _records(history: duckdb.DuckDBPyConnection, kind: Kind) -> int:
    query = fill("SELECT count(*) FROM {t} WHERE ended_at IS NULL", t=name(TABLES[kind][0]))
    return int(execute(history, query).fetchall()[0][0])


def doubled_findings(linked: LinkedOnce, language: Language) -> Iterator[Finding]:
    """The pairs of each kind: first those that are one, the surest first, then those that may be."""
    for report in linked.reports:
        sure = "doubled_same" if report.dry else "doubled_merged"
        merged = (pair for _, pair in report.judged.merges)
        yield from (_told(report.kind, pair, sure, language) for pair in _surest_first(merged))
        waiting = (pair for pair in report.judged.reviews if _worth_telling(pair))
        yield from (_told(report.kind, pair, "doubled_maybe", language) for pair in _surest_first(waiting))
    for kind, count in linked.left_out.items():
        yield Finding("doubled", text("doubled_left", language, kind=kind, count=f"{count:,}"))


def _worth_telling(pair: Pair) -> bool:
    """Whether a first look names a pair that waits for a person; what speaks for two firms keeps it back."""
    return not pair.apart and (bool(_equal(pair)) or pair.probability >= ALIKE)


def _surest_first(pairs: Iterable[Pair]) -> list[Pair]:
    return sorted(pairs, key=lambda pair: (-pair.probability, pair.ids))


def _told(kind: str, pair: Pair, sentence: str, language: Language) -> Finding:
    says = text(
        sentence, language, one=pair.names[0] or "–", one_id=pair.ids[0], other=pair.names[1] or "–",
        other_id=pair.ids[1], why=_why(pair, language),
    )  # fmt: skip
    return Finding("doubled", says, tuple(f"{kind}:{record}" for record in pair.ids))


def _why(pair: Pair, language: Language) -> str:
    if not pair.weights:
        return text("by_rule", language)
    equal = _equal(pair)
    return text("equal", language, fields=", ".join(equal)) if equal else text("alike", language)


def _equal(pair: Pair) -> list[str]:
    """The fields in which both say the same."""
    return [one.field for one in pair.weights if same(one.field, one.one, one.other)]
