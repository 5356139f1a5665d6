-- name: removal.outdated  params: database_id, deletes  relations: contribution, record, exported
-- What was stated before the end of a record: in an export that is declared older, or, where rows say that records
-- are deleted, in a row whose own stamp is older.
SELECT DISTINCT c.*
FROM {{contribution}} c
JOIN {{record}} r USING (label, source, dataset, rule, key)
JOIN {{exported}} e USING (dataset)
WHERE r.database_id = $database_id
    AND (e.declared AND e.stamp < r.ended_at OR c.stamp < r.ended_at AND list_contains($deletes, c.dataset))
