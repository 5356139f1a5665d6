"""`relgraph demo`: a simulated company, from its exports to one account's answer."""

from functools import partial
from typing import Annotated

import typer

from relgraph.commands.train import require_learning
from relgraph.console import Json, emit, step


def register(app: typer.Typer) -> None:

    @app.command()
    def demo(
        customers: Annotated[int, typer.Option(help="Customers of the simulated company.")] = 2000,
        seed: Annotated[int, typer.Option(help="Same seed, same company and models.")] = 7,
        serve: Annotated[bool, typer.Option(help="Serve GraphQL at the end.")] = True,
        port: Annotated[
            int, typer.Option(min=0, max=65535, help="Where to serve; 0 takes a free port.")
        ] = 8000,
        as_json: Json = False,
    ) -> None:
        """Show all of it on a simulated company, from exports to answers.

        Simulates, loads, derives, trains, scores, answers one account, and compares with the planted truth.
        """
        require_learning()
        from relgraph.commands.serve import run as serve_api
        from relgraph.engine import starting
        from relgraph.settings import Settings

        settings = Settings()
        with starting(settings):  # while Python reads the libraries for learning, which takes as long
            from relgraph.commands.serve import application
            from relgraph.demo import DemoConfig, run_demo
            from relgraph.demo.show import show_demo

            api = partial(application, indexed=False)  # one question, which needs no search
            report = run_demo(DemoConfig(settings, api, customers, seed), step)
        emit(report, as_json=as_json, render=show_demo)
        if serve:
            serve_api(settings, port=port)
