"""What the command line says: help in whole sentences, and what to do about a file that cannot be read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from graph.errors import UsageError
from relgraph.cli import build
from relgraph.help import SECTIONS

LINE = 66
"""Characters of a first sentence that fit beside the name of a command into 80 columns."""


def _commands(group: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        yield f"{path}{name}", command
        if hasattr(command, "commands"):
            yield from _commands(command, f"{path}{name} ")


def test_every_command_stands_in_one_section() -> None:
    listed = [name for names in SECTIONS.values() for name in names]
    assert sorted(listed) == sorted(typer.main.get_command(build()).commands)  # type: ignore[attr-defined]


def test_the_first_sentence_of_every_command_is_short_and_shown_whole() -> None:
    root = typer.main.get_command(build())
    said = {name: command.get_short_help_str(1000) for name, command in _commands(root)}
    assert {name: text for name, text in said.items() if not text or len(text) > LINE} == {}
    shown = " ".join(CliRunner().invoke(build(), ["--help"]).output.split())
    assert [name for name, text in said.items() if " " not in name and f"{name} {text}" not in shown] == []


def test_every_option_and_argument_is_explained() -> None:
    parts = [
        (name, one) for name, command in _commands(typer.main.get_command(build())) for one in command.params
    ]
    assert [(name, one.name) for name, one in parts if not getattr(one, "help", "")] == []


@pytest.mark.parametrize("command", ["tags define", "segments define", "assign define", "quarantine fix"])
def test_a_file_that_cannot_be_read_is_named_with_the_reason(command: str, tmp_path: Path) -> None:
    broken = tmp_path / "latin.yml"
    broken.write_bytes("Größe".encode("latin-1"))
    for file, why in ((tmp_path / "absent.yml", "No such file"), (broken, "UTF-8")):
        error = CliRunner().invoke(build(), [*command.split(), str(file)]).exception
        assert isinstance(error, UsageError)
        assert str(file) in str(error)
        assert why in str(error)
