-- name: revert.swap  params: database_id  relations: replayed
SELECT *
FROM {{replayed}}
WHERE database_id = $database_id
