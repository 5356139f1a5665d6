"""How `--help` lists commands: by what they are for, each with its whole first sentence."""

from typing import Any

import typer
from typer.core import TyperGroup

SECTIONS = {
    "Start": ("demo", "simulate", "doctor", "quickstart"),
    "Load": ("ingest", "verify", "quarantine", "runs", "work"),
    "Keep the data right": ("quality", "gaps", "resolve", "merge", "unmerge", "conflicts"),
    "Derive and learn": ("derive", "train", "evaluate", "models", "score", "track-record", "weights"),
    "Ask": (
        "ask", "my-day", "alerts", "profile", "chain", "what-if", "path", "introductions", "group", "journey",
        "relationship", "report",
    ),
    "Set rules": ("tags", "segments", "assign"),
    "Serve and pass on": ("serve", "token", "audit", "export", "snapshot"),
    "Operate": ("engine", "migrate", "stats", "history", "backup", "restore"),
}  # fmt: skip
"""Commands by what they are for, in the order in which somebody new needs them."""
WHOLE = 1000
"""Characters: no first sentence is longer."""


class Group(TyperGroup):
    """A command with commands below it."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the section `Commands`."""
        self._write(formatter, "Commands", self.list_commands(ctx))

    def _write(self, formatter: Any, heading: str, names: Any) -> None:
        with formatter.section(heading):
            formatter.write_dl([(name, self.commands[name].get_short_help_str(WHOLE)) for name in names])


class Root(Group):
    """`relgraph` itself."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write a section for each thing that commands are for."""
        listed = {name for names in SECTIONS.values() for name in names}
        for heading, names in SECTIONS.items():
            self._write(formatter, heading, names)
        if others := [name for name in self.list_commands(ctx) if name not in listed]:
            self._write(formatter, "Others", others)


def command_group(name: str, about: str) -> typer.Typer:
    """An application for commands below `relgraph NAME`; `about`: what they are for, in a sentence."""
    return typer.Typer(name=name, cls=Group, help=about, no_args_is_help=True)
