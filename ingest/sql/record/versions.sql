-- name: record.versions  params: database_id  relations: state, record, past, restated, ends, removed
-- The versions that all states of a record add up to, in the order of their stamps. States that follow each other
-- with the same values are one version; a version that was known keeps its id, which no other one may take. The
-- first begins where the record does, another when it was first stated, or where its row says so, after what was
-- stated before. An end closes the last state before it, a dated deletion also one of its own moment. A record of one
-- state, as most are at first, is its own version.
WITH concerned AS (
    SELECT label, source, dataset, rule, key FROM {{state}}
    UNION
    SELECT label, source, dataset, rule, key FROM {{ends}}
    UNION
    SELECT label, source, dataset, rule, key FROM {{removed}}),
removed AS (
    SELECT record_id, max(moment) AS moment
    FROM {{removed}}
    GROUP BY record_id),
kept AS (
    SELECT r.* REPLACE (coalesce(r.ended_at, m.moment) AS ended_at), r.ended_at AS known_to
    FROM {{record}} r
    LEFT JOIN removed m USING (record_id)
    WHERE r.database_id = $database_id
    UNION ALL BY NAME
    SELECT *
    FROM {{past}}
    WHERE database_id = $database_id),
known AS (
    SELECT k.*
    FROM kept k
    SEMI JOIN concerned USING (label, source, dataset, rule, key)),
several AS (
    SELECT label, source, dataset, rule, key FROM known
    UNION
    SELECT label, source, dataset, rule, key FROM {{ends}}
    UNION
    SELECT label, source, dataset, rule, key FROM {{state}} GROUP BY ALL HAVING count(*) > 1),
alone AS (
    SELECT s.*, concat_ws(':', source, dataset || rule, key, left(md5(hash || known_from), 12)) AS record_id
    FROM {{state}} s
    ANTI JOIN several USING (label, source, dataset, rule, key)),
state AS (
    SELECT *, NULL AS record_id, NULL AS kept_to, NULL AS kept_at
    FROM {{state}}
    SEMI JOIN several USING (label, source, dataset, rule, key)
    UNION ALL
    SELECT k.label, k.entity, k.source, k.dataset, k.rule, k.key, k.hash, k.body, s.stamp, k.known_from, false,
        k.record_id, k.known_to, k.stated_at
    FROM known k
    JOIN (
        SELECT record_id, stated_at AS stamp FROM known
        UNION ALL
        SELECT record_id, stamp FROM {{restated}} WHERE database_id = $database_id) s USING (record_id)),
placed AS (
    SELECT *, row_number() OVER (
        PARTITION BY label, source, dataset, rule, key
        ORDER BY stamp, record_id IS NULL, coalesce(kept_to, '9999')) AS nth
    FROM state),
ended AS (
    SELECT label, source, dataset, rule, key, k.ended_at, max(s.nth) AS nth
    FROM known k
    ANTI JOIN {{ends}} e ON e.label = k.label AND e.source = k.source AND e.dataset = k.dataset AND e.rule = k.rule
        AND e.key = k.key AND e.moment = k.ended_at
    JOIN placed s USING (label, source, dataset, rule, key)
    WHERE k.ended_at IS NOT NULL AND (s.record_id = k.record_id OR s.stamp < k.ended_at)
    GROUP BY ALL
    UNION ALL
    SELECT label, source, dataset, rule, key, e.moment, max(s.nth)
    FROM {{ends}} e
    JOIN placed s USING (label, source, dataset, rule, key)
    WHERE s.stamp <= e.moment
    GROUP BY ALL),
closed AS (
    SELECT p.*, e.ended_at
    FROM placed p
    LEFT JOIN (
        SELECT label, source, dataset, rule, key, nth, min(ended_at) AS ended_at FROM ended GROUP BY ALL) e
        USING (label, source, dataset, rule, key, nth)),
marked AS (
    SELECT *,
        lag(hash) OVER by_time IS DISTINCT FROM hash OR lag(ended_at) OVER by_time IS NOT NULL OR returns
            OR coalesce(record_id <> last_value(record_id IGNORE NULLS) OVER (
                by_time ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), false) AS begins,
        greatest(lag(stamp) OVER by_time, lag(ended_at) OVER by_time) AS before
    FROM closed
    WINDOW by_time AS (PARTITION BY label, source, dataset, rule, key ORDER BY nth)),
numbered AS (
    SELECT *, sum(begins::INTEGER) OVER (
        PARTITION BY label, source, dataset, rule, key ORDER BY nth ROWS UNBOUNDED PRECEDING) AS place
    FROM marked),
version AS (
    SELECT label, source, dataset, rule, key, place, any_value(id) AS id, any_value(hash) AS hash,
        any_value(body) AS body, max(record_id) AS kept_id, max(ended_at) AS ended_at, max(kept_to) AS kept_to,
        max(kept_at) AS kept_at,
        min(known_from) FILTER (record_id IS NOT NULL) AS kept_from, min(known_from) AS own_from,
        arg_min(before, stamp) AS before, list(DISTINCT stamp ORDER BY stamp) AS stated
    FROM numbered
    GROUP BY label, source, dataset, rule, key, place),
dated AS (
    SELECT *,
        CASE
            WHEN place = 1 THEN least(own_from, min(kept_from) OVER (PARTITION BY label, source, dataset, rule, key))
            WHEN own_from > before AND own_from < stated[1] THEN own_from
            ELSE stated[1]
        END AS known_from,
        row_number() OVER (PARTITION BY kept_id ORDER BY place) = 1 AND kept_id IS NOT NULL AS keeps
    FROM version),
candidate AS (
    SELECT *, concat_ws(':', source, dataset || rule, key, left(md5(
            hash || known_from || CASE WHEN again > 1 THEN again::VARCHAR ELSE '' END), 12)) AS own_id,
        count(kept_id) OVER (PARTITION BY label, source, dataset, rule, key) AS kept_versions
    FROM (
        SELECT *, row_number() OVER (
            PARTITION BY label, source, dataset, rule, key, hash, known_from ORDER BY place) AS again
        FROM dated)),
named AS (
    SELECT c.*,
        CASE
            WHEN keeps THEN kept_id
            WHEN k.record_id IS NULL THEN own_id
            ELSE own_id || '-' || kept_versions
        END AS record_id
    FROM candidate c
    LEFT JOIN (SELECT record_id FROM known) k ON k.record_id = own_id),
bounded AS (
    SELECT *, least(ended_at, lead(known_from) OVER by_place) AS known_to, lead(place) OVER by_place IS NULL AS newest
    FROM named
    WINDOW by_place AS (PARTITION BY label, source, dataset, rule, key ORDER BY place)),
compared AS (
    SELECT *, NOT keeps OR known_from <> kept_from OR known_to IS DISTINCT FROM kept_to AS changes
    FROM bounded)
SELECT label, id, source, dataset, rule, key, hash, body, known_from, record_id, ended_at, known_to, stated,
    changes,
    bool_or(changes OR stated[1] <> kept_at) OVER (PARTITION BY label, source, dataset, rule, key) AS moves,
    newest
FROM compared
UNION ALL
SELECT label, id, source, dataset, rule, key, hash, body, known_from, record_id, NULL, NULL, [stamp], true, true, true
FROM alone
