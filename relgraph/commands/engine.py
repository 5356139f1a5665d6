"""`relgraph engine start|stop|status`: the embedded engine of this RELGRAPH_HOME."""

from dataclasses import asdict
from typing import Any

import typer

from graph.errors import UsageError
from relgraph.console import Json, emit, out
from relgraph.help import command_group
from relgraph.settings import Settings


def register(app: typer.Typer) -> None:
    group = command_group("engine", "Start, stop and look at the embedded engine.")
    group.command("start")(_start)
    group.command("stop")(_stop)
    group.command("status")(_status)
    app.add_typer(group)


def _start(as_json: Json = False) -> None:
    """Start the engine; it runs until `relgraph engine stop`."""
    from graph.store import embedded

    config = _config()
    attached = embedded.attach(config)
    embedded.keep(config)
    attached.release()
    emit(_shown(attached.state), as_json=as_json, render=_render)


def _stop(as_json: Json = False) -> None:
    """Close its data and stop the engine."""
    from graph.store import embedded

    ended = embedded.stop(_config())
    line = "stopped" if ended else "not running"
    emit({"stopped": ended}, as_json=as_json, render=lambda _: out.print(line))


def _status(as_json: Json = False) -> None:
    """Say whether the engine runs, and where."""
    from graph.store import embedded

    emit(_shown(embedded.running(_config())), as_json=as_json, render=_render)


def _config() -> Any:
    from relgraph.engine import engine_config

    config = engine_config(Settings())
    if not config.embedded:
        raise UsageError("NEO4J_URI is set: that server is not ours to start or stop; unset it first")
    return config


def _shown(state: Any) -> dict[str, Any]:
    if state is None:
        return {"running": False}
    return {"running": True, "uri": f"bolt://127.0.0.1:{state.bolt_port}", **asdict(state)}


def _render(status: dict[str, Any]) -> None:
    if status["running"]:
        out.print(f"running at {status['uri']} (process {status['pid']}, user {status['user']})")
    else:
        out.print("not running; any command starts it")
