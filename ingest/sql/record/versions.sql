-- name: record.versions  params: database_id, labels  relations: contribution, record, exported
-- A version without a stamp of its own that follows another one begins when its file was exported.
-- Unchanged records are left out; so are stamped states older than the one that stands.
WITH contributed AS (
    SELECT *, md5(body) AS hash
    FROM {{contribution}}
    WHERE list_contains($labels, label)),
standing AS (
    SELECT *
    FROM {{record}}
    WHERE database_id = $database_id),
changed AS (
    SELECT c.*, s.known_from AS before
    FROM contributed c
    LEFT JOIN standing s USING (label, source, dataset, key)
    WHERE s.hash IS DISTINCT FROM c.hash
        AND (s.hash IS NULL OR NOT c.stamped OR c.known_from >= s.known_from)),
dated AS (
    SELECT c.* EXCLUDE (known_from, stamped, before),
        CASE
            WHEN before IS NULL OR c.known_from > before THEN c.known_from
            ELSE greatest(before, e.stamp)
        END AS known_from
    FROM changed c
    LEFT JOIN {{exported}} e USING (dataset)),
chain AS (
    SELECT label, id, source, dataset, key, hash, body, known_from, true AS fresh,
        concat_ws(':', source, dataset, key, left(md5(hash || known_from), 12)) AS record_id
    FROM dated
    UNION ALL
    SELECT s.label, s.entity, s.source, s.dataset, s.key, s.hash, s.body, s.known_from, false, s.record_id
    FROM standing s
    SEMI JOIN dated USING (label, source, dataset, key))
SELECT * EXCLUDE (fresh), lead(known_from) OVER (
    PARTITION BY label, source, dataset, key ORDER BY known_from, fresh) AS known_to
FROM chain
