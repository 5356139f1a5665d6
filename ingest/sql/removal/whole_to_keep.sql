-- name: removal.whole_to_keep  params: database_id  relations: whole
SELECT $database_id AS database_id, source, dataset, stamp
FROM {{whole}}
WHERE declared
