"""The command line: every command is a module in `relgraph.commands`.

Exit code 0: done; 1: failed; 2: wrong usage.
"""

import importlib
import sys

import typer
from pydantic import ValidationError
from rich.markup import escape

from graph.errors import RelgraphError
from graph.sentences import sentence
from relgraph.console import err
from relgraph.help import Root

COMMANDS = (
    "demo",
    "simulate",
    "doctor",
    "engine",
    "migrate",
    "ingest",
    "quickstart",
    "stats",
    "resolve",
    "merge",
    "history",
    "snapshot",
    "derive",
    "alerts",
    "chain",
    "introductions",
    "group",
    "what_if",
    "journey",
    "path",
    "profile",
    "conflicts",
    "relationship",
    "report",
    "gaps",
    "quality",
    "weights",
    "my_day",
    "train",
    "evaluate",
    "models",
    "score",
    "track_record",
    "serve",
    "work",
    "runs",
    "quarantine",
    "verify",
    "export",
    "token",
    "audit",
    "ask",
    "tags",
    "assign",
    "backup",
)


def build() -> typer.Typer:
    """The application with every command registered."""
    app = typer.Typer(
        name="relgraph",
        cls=Root,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(_root)
    for name in COMMANDS:
        importlib.import_module(f"relgraph.commands.{name}").register(app)
    return app


def _root() -> None:
    """Relationship intelligence: who decides, who can introduce us, what next, who is leaving, and why.

    `relgraph COMMAND --help` says how a command is used. Try `relgraph demo`, or `relgraph quickstart FOLDER`
    with exports of your own.
    """


def main() -> None:
    """Run the command line; errors of the `RelgraphError` tree become one message and their exit code."""
    try:
        build()()
    except RelgraphError as error:
        _complain(str(error))
        sys.exit(error.exit_code)
    except ValidationError as error:
        for item in error.errors():
            _complain(f"the setting {'.'.join(map(str, item['loc']))}: {sentence(item)}")
        sys.exit(2)


def _complain(message: str) -> None:
    """Print an error; what stands in brackets is text, not markup."""
    err.print(f"[red]error:[/red] {escape(message)}")
