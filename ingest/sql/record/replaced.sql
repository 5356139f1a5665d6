-- name: record.replaced  params: database_id  relations: record, version
DELETE FROM {{record}}
WHERE database_id = $database_id AND (label, source, dataset, rule, key) IN (
    SELECT (label, source, dataset, rule, key)
    FROM {{version}}
    WHERE moves)
