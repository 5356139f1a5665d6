"""What commands print: a report for people or JSON for machines, and progress on standard error."""

from collections.abc import Callable
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console

from relgraph.memory import budget, peaks, usable_memory
from relgraph.settings import Settings

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document on standard output.")]


def emit(data: Any, *, as_json: bool, render: Callable[[Any], None]) -> None:
    """Print `data` as JSON, or let `render` show it to a person; then say how much memory it took.

    In JSON that is the key `memory` of an object; on standard error a line says it in both cases.
    """
    settings = Settings()
    if as_json:
        data = data | {"memory": peaks(settings.home).as_dict()} if isinstance(data, dict) else data
        document = orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS, default=str)
        typer.echo(document.decode())
    else:
        render(data)
    say_memory(settings)


def say_memory(settings: Settings) -> None:
    """Say on standard error how much memory this command used at most, and the engine where we started it."""
    step(peaks(settings.home).line(budget(settings, usable_memory()).command))


def step(message: str) -> None:
    """Say on standard error what is being done, so that standard output stays a clean report."""
    err.print(f"[dim]·[/dim] {message}")
