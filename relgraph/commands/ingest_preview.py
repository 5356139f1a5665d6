"""`relgraph ingest --dry-run`: what a load would change."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relgraph.console import out, step

if TYPE_CHECKING:
    from ingest.mapping.model import Mapping
    from ingest.preview import Preview


def look(path: Path, mapping: "Mapping", *, now: str | None = None) -> "Preview":
    """What one ingest would change on the configured engine."""
    from ingest.look import preview
    from relgraph.engine import opened
    from relgraph.memory import duckdb_limits
    from relgraph.settings import Settings

    settings = Settings().at(now)
    with opened(settings) as store:
        return preview(
            store, mapping, path, settings.home, datetime.now(UTC), fixed=settings.now, step=step,
            limits=duckdb_limits(settings),
        )  # fmt: skip


def render_preview(would: dict[str, Any]) -> None:
    """Print what a load would change for people."""
    out.print("dry run: nothing was written")
    for name, rows in would["report"]["datasets"].items():
        told = ", ".join(f"{rows[column]:,} {column}" for column in ("read", "loaded", "quarantined"))
        out.print(f"{name}: {told}", markup=False)
    for name, counts in would["items"].items():
        told = ", ".join(f"{count:,} {verb}" for verb, count in counts.items())
        out.print(f"{name}: {told}", markup=False)
    for label, fields in would["fields"].items():
        told = ", ".join(f"{name} {count:,}×" for name, count in fields.items())
        out.print(f"{label}, fields that change: {told}", markup=False)
    for sample in would["samples"]:
        out.print(f"  {sample['verb']} {sample['name']} {_named(sample)}: {_said(sample)}", markup=False)
    for reason in would["report"]["reasons"]:
        out.print(f"  quarantine: {reason['count']:,} × {reason['example']['reason']}", markup=False)
    for note in would["report"]["notes"]:
        out.print(note, markup=False)


def _named(sample: dict[str, Any]) -> str:
    return sample.get("id") or f"{sample['start']} → {sample['end']}"


def _said(sample: dict[str, Any]) -> str:
    if "fields" in sample:
        pairs = sample["fields"].items()
        return "; ".join(f"{name}: {before!r} → {after!r}" for name, (before, after) in pairs)
    return ", ".join(f"{name}={value!r}" for name, value in sample["values"].items() if value is not None)
