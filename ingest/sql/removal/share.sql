-- name: removal.share  params: database_id, dataset, source  relations: record, removed
SELECT
    count(*) FILTER (WHERE m.key IS NOT NULL) AS ended,
    count(*) AS live
FROM {{record}} r
LEFT JOIN (SELECT DISTINCT label, dataset, source, rule, key FROM {{removed}} WHERE seq IS NULL) m
    USING (label, source, dataset, rule, key)
WHERE r.database_id = $database_id AND r.dataset = $dataset AND r.source = $source AND r.ended_at IS NULL
