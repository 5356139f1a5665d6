"""`relgraph tags templates`, and `tags define --template`: questions by industry, filled and tried."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from relgraph.console import Json, emit, out, step
from relgraph.settings import Settings

Industry = Annotated[
    str | None, typer.Option("--industry", metavar="NAME", help="Only those of an industry, such as retail.")
]
Search = Annotated[
    str | None,
    typer.Option("--search", metavar="WORDS", help="Words that they all name, English or Chinese."),
]


def add_templates(group: typer.Typer) -> None:
    """Add `templates` to the group of commands over tags."""

    @group.command("templates")
    def templates_(industry: Industry = None, search: Search = None, as_json: Json = False) -> None:
        """List templates of tags by industry. None is set until `define --template NAME` keeps it."""
        emit(_listed(industry, search), as_json=as_json, render=_render_listed)


def defined_by_template(
    template_id: str, given: Iterable[str], tag_id: str | None, *, preview: bool
) -> dict[str, Any]:
    """Fill a template, say what it finds and by which values, and keep it where it is no preview."""
    from graph.clock import data_now
    from graph.customer_filter import plain
    from graph.customer_group.find import samples, unheard
    from graph.customer_group.standing import define
    from graph.derive.groups import look_at_customers
    from graph.history import open_history
    from graph.service import run_sync
    from graph.tag_template import filled, named, settings
    from relgraph.engine import opened
    from relgraph.memory import duckdb_limits

    template, words, known = named(template_id), _words(given), Settings()
    with opened(known) as store:
        now = run_sync(store, data_now)
        step("history")
        with open_history(store, known.home, duckdb_limits(known)) as history:
            look_at_customers(store, history.connection, now)
            values = settings(history.connection, template, words, now)
            one = filled(template, values, tag_id)
            count, some = samples(history.connection, one.condition, now)
            notes = list(unheard(history.connection, one.condition))
        stated = () if preview else define(store, (one,), now.isoformat(), datetime.now(UTC))
    told = {
        "id": one.group_id, "customers": count, "samples": [sample._asdict() for sample in some],
        "notes": notes, "name": one.name, "name_zh": one.name_zh, "description": one.description,
        "description_zh": one.description_zh, "when": plain(one.condition),
        "set": [{"name": v.name, "value": v.value, "unit": v.unit, "origin": v.origin} for v in values],
    }  # fmt: skip
    return {"kind": "tag", "template": template_id, "preview": preview, "now": now.isoformat(),
            "defined": [told], "versions": {one.group_id: one.version for one in stated}}  # fmt: skip


def render_values(one: dict[str, Any]) -> None:
    """What a filled template says, and where each value comes from."""
    out.print(f"  {one['name']} · {one['name_zh']}: {one['description']}", markup=False)
    for value in one["set"]:
        shown = value["value"]
        told = (
            ", ".join(shown)
            if isinstance(shown, list)
            else f"{shown:g}"
            if isinstance(shown, float)
            else shown
        )
        out.print(f"  {value['name']} = {told} {value['unit']}  ({value['origin']})", markup=False)


def _words(given: Iterable[str]) -> dict[str, str]:
    from graph.errors import UsageError

    words = {}
    for one in given:
        name, sign, value = one.partition("=")
        if not sign:
            raise UsageError(f"--set takes NAME=VALUE, such as days=45, not `{one}`")
        words[name.strip()] = value.strip()
    return words


def _listed(industry: str | None, search: str | None) -> dict[str, Any]:
    from graph.tag_template import matching

    return {
        "templates": [
            {
                "id": one.template_id, "industry": one.industry, "industry_name": one.industry_name,
                "industry_name_zh": one.industry_name_zh, "name": one.name, "name_zh": one.name_zh,
                "description": one.description, "description_zh": one.description_zh, "when": one.when,
                "parameters": [
                    {"name": p.name, "default": p.default, "unit": p.unit, "source": p.source}
                    for p in one.parameters
                ],
            }
            for one in matching(industry, search)
        ]
    }  # fmt: skip


def _render_listed(data: dict[str, Any]) -> None:
    shown = ""
    for one in data["templates"]:
        if one["industry"] != shown:
            shown = one["industry"]
            out.print(f"[bold]{one['industry_name']} · {one['industry_name_zh']}[/bold]")
        out.print(f"  {one['id']}  {one['name']} · {one['name_zh']}", markup=False)
        out.print(f"    {one['description']}", markup=False)
        for value in one["parameters"]:
            default = "–" if value["default"] is None else f"{value['default']}"
            out.print(f"    {value['name']}: {default} {value['unit']} ({value['source']})", markup=False)
    out.print(
        f"{len(data['templates'])} templates; `relgraph tags define --template ID --preview` tries one."
    )
