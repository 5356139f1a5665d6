-- name: removal.to_keep  params: database_id  relations: deleted
SELECT $database_id AS database_id, label, source, dataset, key, moment
FROM {{deleted}}
