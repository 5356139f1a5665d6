"""To be written."""

import typer


def register(app: typer.Typer) -> None:
    """Register nothing yet."""
