"""Arguments and options that several commands take."""

from pathlib import Path
from typing import Annotated

import typer

from graph.errors import UsageError

Account = Annotated[
    str, typer.Argument(metavar="ACCOUNT", help="Name, tax number, or any id of the customer.")
]
AsOf = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="As it stood and was known on a past day, such as 2025-06-30."),
]
Lang = Annotated[str, typer.Option(metavar="en|zh", help="Language of the texts.")]
By = Annotated[str, typer.Option("--by", metavar="EMPLOYEE", help="Who decides: any id of an employee.")]
Reason = Annotated[str | None, typer.Option("--reason", "--why", metavar="TEXT", help="Why.")]


def text_of(file: Path) -> str:
    """What stands in a file that a command names; raises UsageError where it cannot be read."""
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} is no text in UTF-8; save it as UTF-8 first") from error
