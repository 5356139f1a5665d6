-- name: record.versions  params: database_id  relations: contribution, record, exported, returned
-- A version without a stamp of its own that follows another one begins when its file was exported, one of a
-- record that returns with its return. Unchanged records are left out; so are stamped states older than the one
-- that stands.
WITH contributed AS (
    SELECT *, md5(body) AS hash
    FROM {{contribution}}),
standing AS (
    SELECT *
    FROM {{record}}
    WHERE database_id = $database_id),
changed AS (
    SELECT c.*, s.known_from AS before, r.moment AS returned
    FROM contributed c
    LEFT JOIN standing s USING (label, source, dataset, rule, key)
    LEFT JOIN {{returned}} r USING (label, source, dataset, rule, key)
    WHERE r.moment IS NOT NULL OR s.hash IS DISTINCT FROM c.hash
        AND (s.hash IS NULL OR NOT c.stamped OR c.known_from >= s.known_from)),
dated AS (
    SELECT c.* EXCLUDE (known_from, stamped, before, returned),
        CASE
            WHEN returned IS NOT NULL THEN greatest(returned, c.known_from)
            WHEN before IS NULL OR c.known_from > before THEN c.known_from
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
        concat_ws(':', source, dataset || rule, key, left(md5(hash || known_from), 12)) AS record_id
    FROM seconds
    UNION ALL
    SELECT s.label, s.entity, s.source, s.dataset, s.rule, s.key, s.hash, s.body, s.known_from, false,
        s.record_id
    FROM standing s
    SEMI JOIN seconds USING (label, source, dataset, rule, key)
    WHERE s.ended_at IS NULL)
SELECT * EXCLUDE (fresh), lead(known_from) OVER (
    PARTITION BY label, source, dataset, rule, key ORDER BY known_from, fresh) AS known_to
FROM chain
