"""Moments as people write them on the command line and in settings, and the company's now fixed by one."""

from datetime import datetime
from typing import Annotated

import typer

from graph.errors import UsageError
from graph.moment import in_utc


def moment(text: str, option: str = "--now") -> datetime:
    """A date or moment in ISO 8601 as UTC (a bare date means its end); raises UsageError naming `option`."""
    read = _read(text, option)
    if len(text) == len("2025-06-30"):
        read = read.replace(hour=23, minute=59, second=59)
    return in_utc(read)


def beginning(text: str, option: str = "--since") -> datetime:
    """A date or moment as `moment` reads it, but a bare date means its 00:00: what is from that day on."""
    return in_utc(_read(text, option))


def _read(text: str, option: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{option} {text!r} is no date; write it like 2025-06-30") from error


def iso(text: str, option: str) -> str:
    """The same text where it is a date or moment in ISO 8601; raises UsageError naming `option`."""
    moment(text, option)
    return text


Now = Annotated[
    str | None,
    typer.Option(
        "--now",
        metavar="DATE",
        help="Fix the company's now, for demonstrations and tests; RELGRAPH_NOW does the same.",
    ),
]
