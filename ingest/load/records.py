"""Source records: one node per version of a source row, closed when a new one comes."""

from collections.abc import Iterable

from ingest import sql
from ingest.load.want import want
from ingest.sql import fill
from ingest.staging.database import Staging


def want_records(connection: Staging, labels: Iterable[str], database_id: str, run_id: str) -> None:
    """Want the versions that this run brings and the end of those they follow.

    A version without a stamp of its own that follows another one begins when its file was exported
    (`work.exported`: dataset, stamp).
    """
    _versions(connection, list(labels), database_id)
    connection.execute(
        """CREATE OR REPLACE TABLE work.version AS
        SELECT *, lead(known_from) OVER (PARTITION BY label, source, dataset, key ORDER BY
        known_from, fresh) AS known_to
        FROM work.versions"""
    )
    want(
        connection,
        fill(
            """SELECT 'node|SourceRecord' AS grp, 'SourceRecord|' || record_id
                AS item, json_merge_patch('{{}}'::JSON,
            to_json({{id: record_id, props: {{source:
            source, dataset: dataset, source_key: key, row_hash: hash,
                known_from: known_from, known_to: known_to, run_id: {run}, values: body}}}}))::TEXT AS body
            FROM work.version""",
            run=sql.bind(run_id),
        ),
    )
    for label in labels:
        want(
            connection,
            fill(
                """SELECT {grp} AS grp, 'RECORD_OF|' || record_id AS item,
                to_json({{start: record_id, "end": id, props: MAP {{}}}})::TEXT AS body
                FROM work.version WHERE label = {label}""",
                grp=sql.bind(f"part|RECORD_OF|SourceRecord|{label}"),
                label=sql.bind(label),
            ),
        )


def _versions(connection: Staging, labels: list[str], database_id: str) -> None:
    """New versions beside the current one that each follows; unchanged rows are not there at all."""
    connection.execute(
        fill(
            """CREATE OR REPLACE TABLE work.versions AS
            WITH said AS (
                SELECT *, md5(body) AS hash FROM work.contribution WHERE label IN ({labels})),
            old AS (SELECT * FROM record WHERE database_id = {db}),
            new AS (
                SELECT s.*, o.known_from AS before FROM said s
                LEFT JOIN old o USING (label, source, dataset, key)
                WHERE o.hash IS DISTINCT FROM s.hash
                AND (o.hash IS NULL OR NOT s.stamped OR s.known_from >= o.known_from)),
            dated AS (
                SELECT label, id, source, dataset, key, hash, body,
                    CASE WHEN before IS NULL OR n.known_from > before THEN n.known_from
                        ELSE greatest(before, e.stamp) END AS known_from
                FROM new n LEFT JOIN work.exported e USING (dataset))
            SELECT label, id, source, dataset, key, hash, body, known_from, true AS fresh,
                concat_ws(':', source, dataset, key, left(md5(hash || known_from), 12)) AS record_id
                    FROM dated
            UNION ALL
            SELECT o.label, o.entity, o.source, o.dataset, o.key, o.hash, o.body, o.known_from,
                false, o.record_id
            FROM old o SEMI JOIN dated d USING (label, source, dataset, key)""",
            labels=sql.bind_all(labels),
            db=sql.bind(database_id),
        )
    )


def keep_records(connection: Staging, database_id: str) -> None:
    """Remember the current version of every row, after the graph has them all."""
    connection.execute(
        fill(
            """DELETE FROM record WHERE database_id = {db} AND (label, source, dataset, key) IN
                (SELECT (label, source, dataset, key) FROM work.version)""",
            db=sql.bind(database_id),
        )
    )
    connection.execute(
        fill(
            """INSERT INTO record SELECT {db}, label, id, source, dataset, key, record_id, hash,
                known_from, body
            FROM work.version WHERE known_to IS NULL""",
            db=sql.bind(database_id),
        )
    )
