"""`relgraph assign`: rules that say who looks after open tickets, leads and alerts."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from relgraph.console import Json, emit, out, step
from relgraph.help import command_group
from relgraph.options import Lang, text_of
from relgraph.settings import Settings

if TYPE_CHECKING:
    import duckdb

    from graph.assignment.run import Assignments
    from graph.store import Store

SHOWN = 20


def register(app: typer.Typer) -> None:
    group = command_group("assign", "Say by rules who looks after tickets, leads and alerts.")
    group.command("define")(_define)
    group.command("list")(_list)
    group.command("remove")(_remove)
    group.command("run")(_run)
    group.command("explain")(_explain)
    app.add_typer(group)


def _define(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="YAML with `rules:`; the first that fits wins.")
    ],
    preview: Annotated[
        bool, typer.Option("--preview", help="Say what would change with these rules; keep nothing.")
    ] = False,
    lang: Lang = "en",
    as_json: Json = False,
) -> None:
    """Define rules by a file.

    `assign run`, and the worker after each derive, goes by them.
    """
    emit(_defined(file, lang, preview=preview), as_json=as_json, render=_render_defined)


def _list(as_json: Json = False) -> None:
    """List the rules that are on, in the order in which they are asked."""
    emit(_listed(), as_json=as_json, render=_render_listed)


def _remove(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="The rule's id.")], as_json: Json = False
) -> None:
    """Switch a rule off.

    The next run withdraws what it gave; that it was so stays.
    """
    from graph.assignment.standing import remove_rule

    with _opened() as (store, now):
        remove_rule(store, rule_id, now.isoformat(), datetime.now(UTC))
    emit({"removed": rule_id}, as_json=as_json, render=lambda _: out.print(f"{rule_id} is off"))


def _run(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change; write nothing.")] = False,
    lang: Lang = "en",
    as_json: Json = False,
) -> None:
    """Give open records to whom the rules name.

    A record that people or sources gave to somebody stays theirs.
    """
    from graph.assignment.run import assign

    with _over_history() as (store, connection, now):
        done = assign(store, connection, now, dry=dry_run)
    emit(_told(done, lang) | {"dry_run": dry_run}, as_json=as_json, render=_render_run)


def _explain(
    record: Annotated[
        str, typer.Argument(metavar="RECORD", help="Such as Ticket:t1, Lead:crm:L-7 or Alert:1f0a.")
    ],
    lang: Lang = "en",
    as_json: Json = False,
) -> None:
    """Say who has a record and why, and what each rule says of it."""
    emit(_explained(record, lang), as_json=as_json, render=_render_explained)


@contextmanager
def _opened() -> "Iterator[tuple[Store, datetime]]":
    from graph.clock import data_now
    from graph.service import run_sync
    from relgraph.engine import opened

    with opened(Settings()) as store:
        yield store, run_sync(store, data_now)


@contextmanager
def _over_history() -> "Iterator[tuple[Store, duckdb.DuckDBPyConnection, datetime]]":
    from graph.history import open_history
    from relgraph.memory import duckdb_limits

    settings = Settings()
    with _opened() as (store, now):
        step("history")
        with open_history(store, settings.home, duckdb_limits(settings)) as history:
            yield store, history.connection, now


def _defined(file: Path, lang: str, *, preview: bool) -> dict[str, Any]:
    from graph.assignment.rule import rules_of
    from graph.assignment.run import assign
    from graph.assignment.standing import define_rules, numbered, standing_with, with_our_ids
    from graph.customer_filter.yaml import document

    given = rules_of(document(text_of(file), file.name))
    with _over_history() as (store, connection, now):
        rules = numbered(store, with_our_ids(store, given))
        would = _told(assign(store, connection, now, dry=True, rules=standing_with(store, rules)), lang)
        kept = () if preview else define_rules(store, rules, now.isoformat(), datetime.now(UTC))
    return would | {"preview": preview, "versions": {one.rule_id: one.version for one in kept}}


def _listed() -> dict[str, Any]:
    import orjson

    from graph.assignment.standing import standing_rules

    with _opened() as (store, _):
        found = standing_rules(store)
    rules = [
        {"id": one.rule_id, "name": one.name, "name_zh": one.name_zh, "version": one.version}
        | orjson.loads(one.written)
        for one in found
    ]
    return {"rules": rules}


def _told(done: "Assignments", lang: str) -> dict[str, Any]:
    """What a run changed, with the reason of each."""
    from graph.alert.playbook import language
    from graph.assignment.rule import LABELS
    from graph.assignment.run import figures_of
    from graph.assignment.texts import reason

    told, staff = language(lang), done.situation.office.staff
    changes = []
    for one in done.decisions:
        answer, label = one.answer, LABELS[one.record.kind][0]
        person = staff.get(answer.employee_id or "") if answer else None
        who = (person.name or person.employee_id) if person else None
        changes.append(
            {
                "record": f"{label}:{one.record.record_id}", "customer_id": one.record.customer_id,
                "employee_id": answer.employee_id if answer else None, "employee": who,
                "rule": answer.rule.rule_id if answer else None,
                "withdrawn_from": one.end.employee_id if one.end else None,
                "reason": reason(figures_of(one, done.situation), who, told) if who else None,
            }
        )  # fmt: skip
    open_records = Counter(one.kind for one in done.situation.records)
    owned = Counter(one.kind for one in done.situation.records if one.owners)
    by_rule = Counter(one["rule"] for one in changes if one["rule"])
    return {
        "now": done.now.isoformat(), "open": dict(open_records), "named_by_people": dict(owned),
        "by_rule": dict(by_rule), "changes": changes,
    }  # fmt: skip


def _explained(record: str, lang: str) -> dict[str, Any]:
    from dataclasses import asdict

    from graph.alert.playbook import language
    from graph.assignment.decide import answers
    from graph.assignment.read import assignments
    from graph.assignment.rule import LABELS
    from graph.assignment.run import look
    from graph.assignment.standing import standing_rules
    from graph.assignment.texts import answer
    from graph.errors import NotFound, UsageError
    from graph.resolve_id import resolve
    from graph.service import run_sync

    told = language(lang)
    label, _, asked = record.partition(":")
    if label not in {one for one, _ in LABELS.values()} or not asked:
        raise UsageError(f"{record!r} is no ticket, lead or alert, such as Ticket:t1")
    with _over_history() as (store, connection, now):
        record_id = asked if label == "Alert" else run_sync(store, resolve, label, asked)
        typed = f"{label}:{record_id}"
        given = run_sync(store, assignments, [typed], as_of=now, viewer=None, language=told)
        situation = look(store, connection, now, standing_rules(store))
    wanted = next(
        (one for one in situation.records if one.record_id == record_id and LABELS[one.kind][0] == label),
        None,
    )
    if wanted is None:
        raise NotFound(f"open {label}", asked)
    staff, said = situation.office.staff, []
    for one in answers(situation.rules, wanted, situation.office):
        person = staff.get(one.employee_id or "")
        who = (person.name or person.employee_id) if person else None
        said.append({"rule": one.rule.rule_id, "fits": one.why == "fits", "says": answer(one.why, told, who)})
    return {
        "record": typed, "customer_id": wanted.customer_id, "named_by_people": list(wanted.owners),
        "assignment": asdict(given[0]) if given else None, "rules": said,
    }  # fmt: skip


def _render_run(data: dict[str, Any]) -> None:
    counted = ", ".join(f"{n:,} open {kind}s" for kind, n in data["open"].items()) or "nothing open"
    out.print(f"{counted} as of {data['now'][:10]}; "
              f"{sum(data['named_by_people'].values()):,} have somebody already")  # fmt: skip
    for one in data["changes"][:SHOWN]:
        what = f"to {one['employee']}" if one["employee"] else "to nobody"
        gone = f", withdrawn from {one['withdrawn_from']}" if one["withdrawn_from"] else ""
        out.print(f"  {one['record']}  {what}{gone}  {one['reason'] or ''}", markup=False)
    if len(data["changes"]) > SHOWN:
        out.print(f"  … {len(data['changes']) - SHOWN:,} more")
    for rule, n in data["by_rule"].items():
        out.print(f"{rule}: {n:,} records", markup=False)
    if data.get("dry_run"):
        out.print("Nothing was written: without --dry-run it is assigned.")


def _render_defined(data: dict[str, Any]) -> None:
    _render_run(data)
    if data["preview"]:
        out.print("Nothing was kept: without --preview the rules are defined.")
    else:
        out.print("Defined; `relgraph assign run`, and the worker after each derive, goes by them.")


def _render_listed(data: dict[str, Any]) -> None:
    for one in data["rules"]:
        to = ", ".join(f"{name} {value}" for name, value in one["to"].items() if value)
        out.print(f"{one['id']}  {one['name']} · {one['name_zh']}  (version {one['version']})", markup=False)
        out.print(f"  {one['for']} {one['record'] or ''} of customers {one['when']} → {to}", markup=False)
    if not data["rules"]:
        out.print("No rules; `relgraph assign define FILE` makes some.")


def _render_explained(data: dict[str, Any]) -> None:
    out.print(f"{data['record']} of {data['customer_id'] or 'no customer'}", markup=False)
    if data["named_by_people"]:
        out.print(f"  People or sources named {', '.join(data['named_by_people'])}; no rule changes that.")
    elif data["assignment"]:
        told = data["assignment"]
        out.print(
            f"  {told['employee']['name']}, since {told['since']:%Y-%m-%d}: {told['reason']}", markup=False
        )
    else:
        out.print("  Nobody has it.")
    for one in data["rules"]:
        out.print(f"  {one['rule']}: {one['says']}", markup=False)
