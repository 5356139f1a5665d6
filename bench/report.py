"""A printed table, kept as Markdown for people and JSON for comparison."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

import orjson
import typer

Cell = str | int | float


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a result; `notes` says how to read it."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What one bench measured: the command that prints it, the machine, and the tables."""

    name: str
    command: str
    measured_at: datetime
    machine: dict[str, str]
    tables: list[Table] = field(default_factory=list)


def markdown(result: Result) -> str:
    """The result as a Markdown page."""
    facts = " · ".join(f"{name} {value}" for name, value in result.machine.items())
    head = [
        f"# {result.name}",
        "",
        f"`{result.command}`, {result.measured_at:%Y-%m-%d %H:%M} UTC",
        "",
        facts,
        "",
    ]
    return "\n".join([*head, *(_section(table) for table in result.tables)]).rstrip() + "\n"


def keep(result: Result, folder: Path) -> tuple[Path, Path]:
    """Write `<name>.md` and `<name>.json` under `folder`; returns both."""
    folder.mkdir(parents=True, exist_ok=True)
    page, data = folder / f"{result.name}.md", folder / f"{result.name}.json"
    page.write_text(markdown(result), encoding="utf-8")
    data.write_bytes(orjson.dumps(asdict(result), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    return page, data


def show_and_keep(result: Result, folder: Path) -> None:
    """Print the tables, keep them under `folder`, and say where."""
    typer.echo(markdown(result))
    page, data = keep(result, folder)
    typer.echo(f"kept in {page} and {data}", err=True)


def _section(table: Table) -> str:
    lines = [_line(table.columns), _line(["---"] * len(table.columns)), *map(_line, table.rows)]
    notes = [f"- {note}" for note in table.notes]
    return "\n".join(
        [f"## {table.title}", "", *lines, "", *notes, ""] if notes else [f"## {table.title}", "", *lines, ""]
    )


def _line(cells: Sequence[Cell]) -> str:
    return "| " + " | ".join(map(_shown, cells)) + " |"


def _shown(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:,.2f}"
    return f"{cell:,}" if isinstance(cell, int) else cell
