"""The steps of `relgraph quickstart`: propose a mapping, load, link, derive, look, and write one page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from graph.alert.playbook import Language
from graph.clock import data_now
from graph.derive import derive
from graph.history import open_history
from graph.private import close_files, private_folder
from graph.service import run_sync
from ingest.mapping.read import read_mapping
from ingest.options import LoadOptions
from ingest.proposal.draft.write import LOW, mapping_text
from ingest.proposal.propose import propose
from ingest.proposal.proposed import Proposal
from ingest.report import Report
from ingest.run import ingest
from relgraph.engine import opened
from relgraph.memory import duckdb_limits
from relgraph.page.texts import text
from relgraph.quickstart.doubled import LinkedOnce, link_once
from relgraph.quickstart.finding import Finding
from relgraph.quickstart.findings import Findings, as_dict, gather
from relgraph.quickstart.page import page
from relgraph.settings import Settings

FOLDER, MAPPING, PAGE = "quickstart", "mapping.yml", "findings.html"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look at, in which language, and where the page goes.

    mapping: instead of the proposed one. merge: records that are one become one, else they are only told of.
    """

    path: Path
    language: Language
    mapping: Path | None = None
    out: Path | None = None
    merge: bool = False


def run(wanted: Wanted, settings: Settings, say: Callable[[str], None]) -> dict[str, Any]:
    """Do all steps; the mapping that was used and the page stand in the home unless `out` names the page.

    Raises SourceUnreadable where no file holds a table, and what `ingest` raises.
    """
    folder = settings.home / FOLDER
    if not folder.is_dir():
        private_folder(folder)
    say("reading the files")
    proposal = propose([wanted.path], say)
    mapping = wanted.mapping or _written(folder / MAPPING, mapping_text(proposal))
    with opened(settings) as store:
        say("loading")
        report = ingest(
            store, read_mapping(mapping), _root(wanted.path), settings.home, datetime.now(UTC),
            LoadOptions(fixed=settings.now, limits=duckdb_limits(settings)),
        )  # fmt: skip
        linked = link_once(store, settings, merge=wanted.merge, say=say)
        say("deriving ties, roles and gaps")
        with open_history(store, settings.home, duckdb_limits(settings)) as history:
            derive(store, None, history=history, off=settings.rules_off)
            say("looking for silence, repeat purchases and missing values")
            now = run_sync(store, data_now)
            findings = gather(store, history, linked, now, wanted.language)
    unsure = [] if wanted.mapping else list(_unsure(proposal, wanted.language))
    html = page(*_heading(wanted, proposal, report, now), findings, unsure, wanted.language)
    target = _written(wanted.out or folder / PAGE, html)
    close_files(folder)
    return _told(report, linked, findings, unsure) | {"mapping": str(mapping), "page": str(target)}


def _root(path: Path) -> Path:
    return path if path.is_dir() else path.parent


def _written(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


def _unsure(proposal: Proposal, language: Language) -> Iterator[Finding]:
    for table in proposal.tables:
        for one in table.columns:
            if one.confidence < LOW:
                figures = {"column": one.column.name, "meaning": one.meaning.text}
                says = text(
                    "unsure_says",
                    language,
                    file=table.table.name,
                    confidence=round(100 * one.confidence),
                    **figures,
                )
                yield Finding("unsure", says)


def _heading(wanted: Wanted, proposal: Proposal, report: Report, now: datetime) -> tuple[str, str]:
    totals = report.totals
    made = text(
        "made", wanted.language, now=now.date(), files=len(proposal.tables), loaded=f"{totals['loaded']:,}",
        quarantined=f"{totals['quarantined']:,}",
    )  # fmt: skip
    return text("title", wanted.language, folder=wanted.path.resolve().name), made


def _told(report: Report, linked: LinkedOnce, findings: Findings, unsure: list[Finding]) -> dict[str, Any]:
    counts = {name: report.totals[name] for name in ("read", "loaded", "unchanged", "quarantined")}
    found = [one.as_dict() for one in linked.reports]
    return {"rows": counts, "linked": found, "unsure": [one.says for one in unsure], **as_dict(findings)}
