"""`relgraph tags` and `relgraph segments`: define them by conditions, list them, switch them off."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from graph.customer_group.definition import Definition, GroupKind
from relgraph.commands.tag_templates import add_templates, defined_by_template, render_values
from relgraph.console import Json, emit, out, step
from relgraph.help import command_group
from relgraph.options import text_of
from relgraph.settings import Settings

File = Annotated[
    Path, typer.Argument(metavar="FILE", help="YAML with `id`, `name` and `when`, or a list of them.")
]
FileOrTemplate = Annotated[
    Path | None, typer.Argument(metavar="FILE", help="YAML with `id`, `name` and `when`, or a list of them.")
]
ByTemplate = Annotated[
    str | None,
    typer.Option(
        "--template", metavar="NAME", help="A template instead of a file; `tags templates` lists them."
    ),
]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="A template's parameter, such as days=45."),
]
TagId = Annotated[
    str | None, typer.Option("--id", metavar="ID", help="Of the tag; by default that of the template.")
]
Preview = Annotated[
    bool, typer.Option("--preview", help="Say how many customers answer, with ten of them; keep nothing.")
]
_HELP: dict[GroupKind, str] = {
    "tag": "Define labels that customers carry by a rule.",
    "segment": "Define groups of customers by a rule.",
}


def register(app: typer.Typer) -> None:
    for kind, told in _HELP.items():
        group = command_group(f"{kind}s", told)
        _add(group, kind)
        app.add_typer(group)


def _add(group: typer.Typer, kind: GroupKind) -> None:
    if kind == "tag":
        _add_define_tags(group)
        add_templates(group)
    else:
        _add_define_segments(group)

    @group.command("list")
    def list_(as_json: Json = False) -> None:
        """List what is defined, with how many customers each has."""
        emit(_listed(kind), as_json=as_json, render=_render_listed)

    @group.command("remove")
    def remove_(
        group_id: Annotated[str, typer.Argument(metavar="ID", help="Its id.")], as_json: Json = False
    ) -> None:
        """Switch one off.

        The next derive takes it off the customers, who keep that they had it.
        """
        from graph.clock import data_now
        from graph.customer_group.standing import remove
        from graph.service import run_sync
        from relgraph.engine import opened

        with opened(Settings()) as store:
            remove(store, kind, group_id, run_sync(store, data_now).isoformat(), datetime.now(UTC))
        emit({"removed": group_id}, as_json=as_json, render=lambda _: out.print(f"{group_id} is off"))


def _add_define_tags(group: typer.Typer) -> None:
    @group.command("define")
    def define_(
        file: FileOrTemplate = None, template: ByTemplate = None, given: Set = None, tag_id: TagId = None,
        preview: Preview = False, as_json: Json = False,
    ) -> None:  # fmt: skip
        """Define tags by a file or a template.

        The next derive sets them.
        """
        from graph.errors import UsageError

        if (file is None) == (template is None):
            raise UsageError("name a file, or a template by --template; `relgraph tags templates` lists them")
        if template is not None:
            data = defined_by_template(template, given or (), tag_id, preview=preview)
        elif given or tag_id:
            raise UsageError("--set and --id belong to --template; a file says both itself")
        else:
            data = _defined(Path(str(file)), "tag", preview=preview)
        emit(data, as_json=as_json, render=_render_defined)


def _add_define_segments(group: typer.Typer) -> None:
    @group.command("define")
    def define_(file: File, preview: Preview = False, as_json: Json = False) -> None:
        """Define by the conditions of a file; the next derive sets them. --preview is a dry run."""
        emit(_defined(file, "segment", preview=preview), as_json=as_json, render=_render_defined)


def _defined(file: Path, kind: GroupKind, *, preview: bool) -> dict[str, Any]:
    """What the file defines, and how many customers answer to each now."""
    from graph.clock import data_now
    from graph.customer_filter.yaml import document
    from graph.customer_group.definition import definitions
    from graph.customer_group.find import samples, unheard
    from graph.customer_group.standing import define
    from graph.derive.groups import look_at_customers
    from graph.history import open_history
    from graph.service import run_sync
    from relgraph.engine import opened
    from relgraph.memory import duckdb_limits

    given, settings = definitions(document(text_of(file), file.name), kind), Settings()
    told = []
    with opened(settings) as store:
        now = run_sync(store, data_now)
        step("history")
        with open_history(store, settings.home, duckdb_limits(settings)) as history:
            look_at_customers(store, history.connection, now)
            for one in given:
                count, some = samples(history.connection, one.condition, now)
                notes = [*unheard(history.connection, one.condition), *_not_in_force(one, now)]
                shown = [sample._asdict() for sample in some]
                told.append({"id": one.group_id, "customers": count, "samples": shown, "notes": notes})
        stated = () if preview else define(store, given, now.isoformat(), datetime.now(UTC))
    return {"kind": kind, "preview": preview, "now": now.isoformat(), "defined": told,
            "versions": {one.group_id: one.version for one in stated}}  # fmt: skip


def _not_in_force(one: Definition, now: datetime) -> Iterator[str]:
    """A sentence where a rule does not hold today, though customers answer to its condition."""
    if not one.holds_at(now):
        since = f"from {one.starts_at:%Y-%m-%d} " if one.starts_at else ""
        until = f"until {one.ends_at:%Y-%m-%d}" if one.ends_at else "on"
        yield f"the rule holds {since}{until}: nobody gets the tag on {now:%Y-%m-%d}"


def _listed(kind: GroupKind) -> dict[str, Any]:
    from graph.clock import data_now
    from graph.customer_filter import plain
    from graph.customer_group.standing import KEYS, found_by_method, sizes, standing
    from graph.service import run_sync
    from relgraph.engine import opened

    with opened(Settings()) as store:
        found, counted = standing(store, kind), sizes(store, kind, run_sync(store, data_now))
        by_method = found_by_method(store, kind)
    rows = [
        {
            "id": one.group_id, "name": one.name, "name_zh": one.name_zh, "description": one.description,
            "core": one.core, "version": one.version, "customers": counted.get(one.group_id, 0),
            "when": plain(one.condition), "weight": one.weight,
            "from": one.starts_at and one.starts_at.isoformat(),
            "until": one.ends_at and one.ends_at.isoformat(),
        }
        for one in found
    ]  # fmt: skip
    shown = ("name", "name_zh", "description", "method", "silhouette", "stability")
    methods = [
        {"id": one[KEYS[kind][1]], "customers": counted.get(one[KEYS[kind][1]], 0)}
        | {name: one.get(name) for name in shown}
        for one in by_method
    ]
    return {"kind": kind, "definitions": rows, "found": methods}


def _render_defined(data: dict[str, Any]) -> None:
    for one in data["defined"]:
        out.print(f"[bold]{one['id']}[/bold]: {one['customers']:,} customers as of {data['now'][:10]}")
        if "set" in one:
            render_values(one)
        for sample in one["samples"]:
            out.print(f"  {sample['customer_id']}  {sample['name']}  {sample['figures']}", markup=False)
        for note in one["notes"]:
            out.print(f"  note: {note}", markup=False)
    if data["preview"]:
        out.print("Nothing was kept: without --preview it is defined.")
    else:
        out.print("Defined; `relgraph derive` sets it at the customers.")


def _render_listed(data: dict[str, Any]) -> None:
    for one in data["definitions"]:
        where = "program" if one["core"] else f"yours, version {one['version']}"
        out.print(f"[bold]{one['id']}[/bold]  {one['name']} · {one['name_zh'] or '–'}: {one['customers']:,} "
                  f"customers ({where})")  # fmt: skip
        if one["description"]:
            out.print(f"  {one['description']}", markup=False)
        told = [f"{name} {one[name][:10]}" for name in ("from", "until") if one[name]]
        told += [f"weight {one['weight']:g}"] if one["weight"] != 1 else []
        if told:
            out.print(f"  {', '.join(told)}")
    for one in data["found"]:
        out.print(
            f"[bold]{one['id']}[/bold]  {one['name']} · {one['name_zh']}: {one['customers']:,} customers"
        )
        measures = f"silhouette {one['silhouette']:.2f}, stability {one['stability']:.2f}"
        out.print(f"  found by {one['method']}: {measures}")
        out.print(f"  {one['description']}", markup=False)
