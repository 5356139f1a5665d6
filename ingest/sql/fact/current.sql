-- name: fact.current  params: database_id  relations: new_fact
SELECT $database_id AS database_id, fact_key, content, fact_id, type, start_label, end_label, start_id, end_id,
    valid_from
FROM {{new_fact}}
