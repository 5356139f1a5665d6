-- name: removal.newest_only  params: database_id, least  relations: removed, record, restated, exported, contribution
-- The complete exports without a declared date that lack nothing but records newer than all of their own, and how
-- many: of at least `least` others, chance would hardly choose these, and an older export lacks just them.
WITH lacking AS (
    SELECT m.dataset, r.key, greatest(max(r.known_from), max(r.stated_at), max(s.stamp)) AS stamp
    FROM {{removed}} m
    JOIN {{exported}} e ON e.dataset = m.dataset AND NOT e.declared
    JOIN {{record}} r ON r.database_id = $database_id AND r.record_id = m.record_id
    LEFT JOIN {{restated}} s ON s.database_id = r.database_id AND s.record_id = r.record_id
    WHERE m.seq IS NULL
    GROUP BY m.dataset, r.key),
held AS (
    SELECT dataset, max(stamp) AS newest, count(DISTINCT key) AS records
    FROM {{contribution}}
    WHERE stamp IS NOT NULL
    GROUP BY dataset)
SELECT l.dataset, count(*) AS records
FROM lacking l
JOIN held h USING (dataset)
GROUP BY l.dataset
HAVING min(l.stamp) > any_value(h.newest) AND any_value(h.records) >= $least
