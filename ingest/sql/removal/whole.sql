-- name: removal.whole  params: database_id, datasets, sources  relations: exported, late, whole_export
-- The complete exports of this run, but those that are older than one, or than rows, that were loaded before. `datasets` and
-- `sources` stand in one order.
SELECT e.*, s.source
FROM {{exported}} e
ANTI JOIN {{late}} USING (dataset)
JOIN (SELECT unnest($datasets::VARCHAR[]) AS dataset, unnest($sources::VARCHAR[]) AS source) s USING (dataset)
WHERE NOT e.declared OR NOT EXISTS (
    SELECT 1
    FROM {{whole_export}} w
    WHERE w.database_id = $database_id AND w.source = s.source AND w.dataset = e.dataset AND w.stamp > e.stamp)
