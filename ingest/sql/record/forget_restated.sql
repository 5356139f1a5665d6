-- name: record.forget_restated  params: database_id  relations: restated, version
DELETE FROM {{restated}}
WHERE database_id = $database_id AND record_id IN (
    SELECT record_id
    FROM {{version}})
