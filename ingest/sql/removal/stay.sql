-- name: removal.stay  params: database_id, label, source  relations: record, filtered, contribution
-- How many filtered rows name something that the graph has and no other row of the run states.
SELECT count(DISTINCT f.key)
FROM {{filtered}} f
JOIN {{record}} r ON r.label = $label AND r.source = $source AND r.key = f.key
ANTI JOIN {{contribution}} c ON c.label = $label AND c.source = $source AND c.key = f.key
WHERE r.database_id = $database_id AND r.ended_at IS NULL
