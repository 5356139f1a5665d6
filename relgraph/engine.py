"""From settings to an open store."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from graph import migrations
from graph.private import new_files_private
from graph.store import EngineConfig, Store, embedded, open_store
from relgraph.memory import budget, usable_memory
from relgraph.settings import Settings


def engine_config(settings: Settings) -> EngineConfig:
    """The engine that these settings name."""
    secret = settings.neo4j_password
    return EngineConfig(
        home=settings.home,
        uri=settings.neo4j_uri or None,
        user=settings.neo4j_user,
        password=secret.get_secret_value() if secret else None,
        database=settings.neo4j_database,
        timeout_s=settings.query_timeout_s,
        heap=budget(settings, usable_memory()).heap_text,
        bolt_port=settings.engine_port,
    )


@contextmanager
def starting(settings: Settings) -> Iterator[None]:
    """Have the embedded engine start in the background: a store that is opened meanwhile finds it on its way.

    An engine that cannot start is told of by whoever opens the store.
    """
    config = engine_config(settings)
    if not config.embedded:
        yield
        return
    new_files_private()
    with ThreadPoolExecutor(1) as thread:
        engine = thread.submit(embedded.attach, config)
        try:
            yield
        finally:
            if engine.exception() is None:
                engine.result().release()


@contextmanager
def opened(settings: Settings) -> Iterator[Store]:
    """An open store whose schema fits this program; an empty graph gets its schema first.

    Whatever is written from here on is customer data: files are for their owner alone.
    Raises EngineUnavailable, AccessDenied, SchemaOutdated or SchemaNewer.
    """
    new_files_private()
    with open_store(engine_config(settings)) as store:
        if migrations.state(store).version is None:
            migrations.migrate(store)
        migrations.check(store)
        yield store
