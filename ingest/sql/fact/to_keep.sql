-- name: fact.to_keep  params: database_id  relations: fact
SELECT $database_id AS database_id, fact_key, fact_id, type, start_label, end_label, start_id, end_id, known_from
FROM {{fact}}
