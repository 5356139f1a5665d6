-- name: removal.returned  params: database_id, deletes  relations: contribution, record, exported, ends
-- A stamp dates the return where deletions bear stamps, too.
SELECT label, id, source, dataset, rule, key,
    CASE WHEN dated THEN min(c.stamp) ELSE greatest(max(r.ended_at), max(e.stamp)) END AS moment, dated
FROM (
    SELECT *, stamp IS NOT NULL AND (list_contains($deletes, dataset)
        OR (label, source, dataset, key) IN (SELECT (label, source, dataset, key) FROM {{ends}})) AS dated
    FROM {{contribution}}) c
JOIN {{record}} r USING (label, source, dataset, rule, key)
JOIN {{exported}} e USING (dataset)
WHERE r.database_id = $database_id AND r.ended_at IS NOT NULL
GROUP BY label, id, source, dataset, rule, key, dated
