"""`relgraph gaps`: values that nobody states and that others tell."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from relgraph.console import Json, emit, out
from relgraph.settings import Settings


def register(app: typer.Typer) -> None:
    @app.command()
    def gaps(
        field: Annotated[
            list[str] | None,
            typer.Option(metavar="domain|country|industry", help="May be repeated; default: all."),
        ] = None,
        first: Annotated[int, typer.Option(min=1, help="How many are told of each field.")] = 20,
        as_json: Json = False,
    ) -> None:
        """Infer values of customers that nobody states.

        Nothing is written. A rule that is right in less than 90% of the customers that state the field tells
        nothing.
        """
        from graph.errors import UsageError
        from graph.gap import FIELDS, filled, known_in
        from graph.history import open_history
        from relgraph.engine import opened
        from relgraph.memory import duckdb_limits

        settings = Settings()
        if unknown := set(field or ()) - set(FIELDS):
            raise UsageError(f"gaps of {sorted(unknown)} are not filled; {', '.join(FIELDS)} are")
        with (
            opened(settings) as store,
            open_history(store, settings.home, duckdb_limits(settings)) as history,
        ):
            known = known_in(history.connection)
        found = {one: list(filled(known, one)) for one in field or FIELDS}
        data = {
            one: {
                "missing": sum(getattr(seen, one) is None for seen in known.customers.values()),
                "filled": len(of_field),
                "values": [asdict(value) | {"basis": "inferred"} for value in of_field[:first]],
            }
            for one, of_field in found.items()
        }
        emit({"gaps": data}, as_json=as_json, render=_render)


def _render(data: dict[str, Any]) -> None:
    for field, found in data["gaps"].items():
        out.print(
            f"[bold]{field}[/bold]: missing at {found['missing']:,} customers, {found['filled']:,} inferred"
        )
        for one in found["values"]:
            out.print(
                f"  {one['customer_id']}: {one['value']}  ({one['confidence']:.0%}, from "
                f"{' and '.join(one['sources'])})",
                markup=False,
            )
