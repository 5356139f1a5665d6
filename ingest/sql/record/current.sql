-- name: record.current  params: database_id  relations: version
SELECT $database_id AS database_id, label, id AS entity, source, dataset, rule, key, record_id, hash, known_from,
    stated[1] AS stated_at, body, ended_at
FROM {{version}}
WHERE moves AND newest
