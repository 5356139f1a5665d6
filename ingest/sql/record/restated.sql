-- name: record.restated  params: database_id  relations: version
SELECT $database_id AS database_id, record_id, unnest(stated[2:]) AS stamp
FROM {{version}}
