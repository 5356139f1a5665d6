-- name: record.states  params: database_id  relations: contribution, outdated, record, past, restated, exported, returned
-- What was not known yet. A statement without a stamp follows all others, a first one is as old as its record.
-- Unknown is not what the newest state of its second says already. What lies before an end of its record is outdated.
WITH standing AS (
    SELECT *
    FROM {{record}}
    WHERE database_id = $database_id),
placed AS (
    SELECT c.*, md5(c.body) AS hash, s.record_id, s.hash AS standing, s.known_from AS before, s.stated_at,
        r.moment AS returned
    FROM (
        SELECT *, false AS outdated FROM {{contribution}}
        UNION ALL
        SELECT *, true FROM {{outdated}}) c
    LEFT JOIN standing s USING (label, source, dataset, rule, key)
    LEFT JOIN {{returned}} r ON NOT c.outdated AND NOT r.dated AND r.label = c.label AND r.source = c.source
        AND r.dataset = c.dataset AND r.rule = c.rule AND r.key = c.key
    WHERE r.moment IS NOT NULL OR s.hash IS DISTINCT FROM md5(c.body)
        OR left(c.stamp, 19) <> left(s.stated_at, 19)),
version AS (
    SELECT label, source, dataset, rule, key, record_id, hash, stated_at, '9999' AS until
    FROM standing
    UNION ALL
    SELECT label, source, dataset, rule, key, record_id, hash, stated_at, known_to
    FROM {{past}}
    WHERE database_id = $database_id),
known AS (
    SELECT v.*
    FROM version v
    SEMI JOIN placed p ON p.record_id IS NOT NULL AND p.label = v.label AND p.source = v.source
        AND p.dataset = v.dataset AND p.rule = v.rule AND p.key = v.key),
stated AS (
    SELECT label, source, dataset, rule, key, hash, stated_at AS stamp, until
    FROM known
    UNION ALL
    SELECT k.label, k.source, k.dataset, k.rule, k.key, k.hash, r.stamp, k.until
    FROM known k
    JOIN {{restated}} r ON r.record_id = k.record_id AND r.database_id = $database_id),
newest AS (
    SELECT label, source, dataset, rule, key, max(stamp) AS stamp
    FROM (
        SELECT label, source, dataset, rule, key, stamp FROM stated
        UNION ALL
        SELECT label, source, dataset, rule, key, stamp FROM placed WHERE stamp IS NOT NULL)
    SEMI JOIN (SELECT * FROM placed WHERE stamp IS NULL) USING (label, source, dataset, rule, key)
    GROUP BY ALL),
second AS (
    SELECT label, source, dataset, rule, key, left(stamp, 19) AS second, max(stamp) AS stamp,
        arg_max(hash, (stamp, until)) AS hash
    FROM stated
    GROUP BY ALL),
dated AS (
    SELECT p.* EXCLUDE (stamp), CASE
        WHEN returned IS NOT NULL THEN greatest(returned, p.known_from)
        WHEN p.stamp IS NOT NULL THEN p.stamp
        WHEN n.stamp IS NULL THEN p.known_from
        ELSE greatest(n.stamp, e.stamp)
    END AS stamp
    FROM placed p
    LEFT JOIN newest n USING (label, source, dataset, rule, key)
    LEFT JOIN {{exported}} e USING (dataset)),
fresh AS (
    SELECT d.*
    FROM dated d
    LEFT JOIN second s ON s.label = d.label AND s.source = d.source AND s.dataset = d.dataset
        AND s.rule = d.rule AND s.key = d.key AND s.second = left(d.stamp, 19)
    WHERE returned IS NOT NULL
        OR s.stamp IS NULL OR s.hash <> d.hash AND s.stamp <= d.stamp)
SELECT label, id, source, dataset, rule, key, hash, body, stamp,
    CASE WHEN returned IS NULL THEN known_from ELSE stamp END AS known_from, returned IS NOT NULL AS returns
FROM fresh
QUALIFY row_number() OVER (
    PARTITION BY label, source, dataset, rule, key, left(stamp, 19) ORDER BY stamp DESC) = 1
