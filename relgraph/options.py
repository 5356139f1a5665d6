"""Arguments and options that several commands take."""

from typing import Annotated

import typer

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
