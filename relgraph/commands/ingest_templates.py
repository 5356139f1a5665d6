"""`ingest templates`, `ingest schema`, `ingest PATH --template`: mappings that come with relgraph."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import typer

from relgraph.console import emit, out, step

if TYPE_CHECKING:
    from ingest.mapping.model import Mapping


def list_templates(*, as_json: bool) -> None:
    """Print every template with its files and where its headers were seen."""
    from ingest.templates.read import templates

    emit({"templates": [asdict(one) for one in templates()]}, as_json=as_json, render=_render)


def print_schema() -> None:
    """Print the JSON Schema of mappings, for editors."""
    from ingest.mapping.schema import mapping_schema

    typer.echo(orjson.dumps(mapping_schema(), option=orjson.OPT_INDENT_2).decode())


def template_for(name: str, path: Path, home: Path) -> "Mapping":
    """A template without what the export at `path` lacks; says so. Raises UsageError, SourceUnreadable."""
    from ingest.templates.fit import fitted
    from ingest.templates.read import read_template

    mapping, notes = fitted(read_template(name), path, home)
    for note in notes:
        step(note)
    return mapping


def _render(listed: dict[str, Any]) -> None:
    for one in listed["templates"]:
        out.print(f"{one['name']}: {one['about']}", markup=False)
        out.print(f"  files: {', '.join(one['files'])}", markup=False)
        out.print(f"  headers: {one['headers']}", markup=False)
