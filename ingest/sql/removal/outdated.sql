-- name: removal.outdated  params: database_id, deletes  relations: contribution, record, exported, ends
-- What was stated before the end of a record: in an export that is declared older, or, where rows say that records
-- are deleted, in a row whose own stamp is not younger than the last deletion.
WITH last AS (
    SELECT label, source, dataset, rule, key, max(moment) AS moment
    FROM {{ends}}
    GROUP BY ALL),
standing AS (
    SELECT label, source, dataset, rule, key, ended_at
    FROM {{record}}
    WHERE database_id = $database_id AND ended_at IS NOT NULL)
SELECT DISTINCT c.*
FROM {{contribution}} c
JOIN {{exported}} e USING (dataset)
LEFT JOIN standing r USING (label, source, dataset, rule, key)
LEFT JOIN last l USING (label, source, dataset, rule, key)
WHERE e.declared AND e.stamp < r.ended_at OR c.stamp < r.ended_at AND list_contains($deletes, c.dataset)
    OR c.stamp <= l.moment
