"""What commands print: a report for people or JSON for machines, and progress on standard error."""

from collections.abc import Callable
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document on standard output.")]


def emit(data: Any, *, as_json: bool, render: Callable[[Any], None]) -> None:
    """Print `data` as JSON, or let `render` show it to a person."""
    if as_json:
        document = orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS, default=str)
        typer.echo(document.decode())
    else:
        render(data)


def step(message: str) -> None:
    """Say on standard error what is being done, so that standard output stays a clean report."""
    err.print(f"[dim]·[/dim] {message}")
