-- name: record.versions  params: database_id  relations: contribution, record, past, exported, returned
-- A version without a stamp of its own that follows another one begins when its file was exported, one of a
-- record that returns with its return. Unchanged records are left out. A stamped state older than the one that
-- stands takes its place in the past, unless that second is known or lies before an end of the record.
WITH contributed AS (
    SELECT *, md5(body) AS hash
    FROM {{contribution}}),
standing AS (
    SELECT *, ended_at AS known_to
    FROM {{record}}
    WHERE database_id = $database_id),
past AS (
    SELECT *
    FROM {{past}}
    WHERE database_id = $database_id),
placed AS (
    SELECT c.*, s.hash AS standing_hash, s.known_from AS before, r.moment AS returned,
        coalesce(r.moment IS NULL AND c.stamped AND c.known_from < s.known_from, false) AS late
    FROM contributed c
    LEFT JOIN standing s USING (label, source, dataset, rule, key)
    LEFT JOIN {{returned}} r USING (label, source, dataset, rule, key)),
changed AS (
    SELECT p.*
    FROM placed p
    ANTI JOIN past o ON p.late AND o.label = p.label AND o.source = p.source AND o.dataset = p.dataset
        AND o.rule = p.rule AND o.key = p.key
        AND (o.ended_at > p.known_from
            OR left(o.known_from, 19) = left(p.known_from, 19) AND o.known_from >= p.known_from)
    WHERE returned IS NOT NULL OR CASE
        WHEN late THEN left(known_from, 19) < left(before, 19)
        ELSE standing_hash IS DISTINCT FROM hash
    END),
dated AS (
    SELECT c.* EXCLUDE (known_from, stamped, before, returned, late, standing_hash),
        CASE
            WHEN returned IS NOT NULL THEN greatest(returned, c.known_from)
            WHEN late OR before IS NULL OR c.known_from > before THEN c.known_from
            ELSE greatest(before, e.stamp)
        END AS known_from
    FROM changed c
    LEFT JOIN {{exported}} e USING (dataset)),
seconds AS (
    SELECT DISTINCT ON (label, source, dataset, rule, key, left(known_from, 19)) *
    FROM dated
    ORDER BY label, source, dataset, rule, key, left(known_from, 19), known_from DESC),
chain AS (
    SELECT label, id, source, dataset, rule, key, hash, body, known_from, true AS fresh,
        concat_ws(':', source, dataset || rule, key, left(md5(hash || known_from), 12)) AS record_id,
        NULL AS ended_at, NULL AS kept_to
    FROM seconds
    UNION ALL
    SELECT o.label, o.entity, o.source, o.dataset, o.rule, o.key, o.hash, o.body, o.known_from, false,
        o.record_id, o.ended_at, o.known_to
    FROM (SELECT * FROM standing UNION ALL BY NAME SELECT * FROM past) o
    SEMI JOIN seconds USING (label, source, dataset, rule, key)),
bounded AS (
    SELECT *, least(ended_at, lead(known_from) OVER (
        PARTITION BY label, source, dataset, rule, key ORDER BY known_from, fresh)) AS known_to
    FROM chain)
SELECT * EXCLUDE (fresh, kept_to), fresh OR known_to IS DISTINCT FROM kept_to AS changes
FROM bounded
