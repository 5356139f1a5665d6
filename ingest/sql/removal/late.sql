-- name: removal.late  params: database_id, complete  relations: contribution, exported, record, restated
-- The complete exports without a declared date of which rows bear older stamps than those of the same records that
-- were loaded before, and none a newer one; with the number of such records.
WITH known AS (
    SELECT r.label, r.source, r.dataset, r.rule, r.key, greatest(max(r.stated_at), max(s.stamp)) AS stamp
    FROM {{record}} r
    LEFT JOIN {{restated}} s USING (database_id, record_id)
    WHERE r.database_id = $database_id AND list_contains($complete, r.dataset)
    GROUP BY ALL)
SELECT dataset, count(*) FILTER (c.stamp < k.stamp) AS records
FROM {{contribution}} c
JOIN {{exported}} e USING (dataset)
LEFT JOIN known k USING (label, source, dataset, rule, key)
WHERE NOT e.declared AND list_contains($complete, dataset) AND c.stamp IS NOT NULL
GROUP BY dataset
HAVING records > 0 AND NOT coalesce(bool_or(c.stamp > k.stamp), false)
    AND max(c.stamp) <= (SELECT max(n.stamp) FROM known n WHERE n.dataset = c.dataset)
