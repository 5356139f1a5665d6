"""`python -m bench.hierarchy`: reporting lines from mails, beside plain baselines, on companies held out."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bench.hierarchy import fitting
from bench.hierarchy.companies import HELD_OUT, companies
from bench.hierarchy.enron import measure_enron
from bench.hierarchy.left_out import left_out
from bench.hierarchy.measure import measure
from bench.hierarchy.sureness import fit_and_judge
from bench.machine import machine_facts
from bench.report import Result, Table, keep, markdown


def main(
    fit: Annotated[
        bool, typer.Option("--fit", help="First fit anew the models that come with the program.")
    ] = False,
    fit_sureness: Annotated[
        bool, typer.Option("--fit-sureness", help="Only fit anew how sure they are, and judge that.")
    ] = False,
    fit_second_looks: Annotated[
        bool, typer.Option("--fit-second-looks", help="First fit only the second looks anew.")
    ] = False,
    leave_out: Annotated[
        bool, typer.Option("--leave-out", help="Only judge second looks on makes left out of their fit.")
    ] = False,
    people: Annotated[int, typer.Option(min=50, help="Most people of a company.")] = 150,
    enron: Annotated[Path | None, typer.Option(help="The folder shared/data/enron.")] = None,
    out: Annotated[Path, typer.Option(help="Folder for the results.")] = Path("bench/results"),
) -> None:
    """Judge the rule, baselines and the model on generated companies, and seniority on Enron."""
    if fit_sureness:
        _report("hierarchy_sureness", "python -m bench.hierarchy --fit-sureness", fit_and_judge(_say), out)
        return
    if leave_out:
        _report("hierarchy_left_out", "python -m bench.hierarchy --leave-out", left_out(_say), out)
        return
    if fit:
        fitting.fit_all(_say)
    elif fit_second_looks:
        fitting.fit_second_looks(_say)
    tables = measure(companies(HELD_OUT, people))
    if enron is not None:
        tables.append(measure_enron(enron))
    _report("hierarchy", "python -m bench.hierarchy", tables, out)


def _say(line: str) -> None:
    typer.echo(line, err=True)


def _report(name: str, command: str, tables: list[Table], out: Path) -> None:
    result = Result(name, command, datetime.now(UTC), machine_facts(), tables)
    typer.echo(markdown(result))
    keep(result, out)


if __name__ == "__main__":
    typer.run(main)
