-- name: record.past  params: database_id  relations: version
SELECT $database_id AS database_id, label, id AS entity, source, dataset, rule, key, record_id, hash, known_from,
    stated[1] AS stated_at, body, ended_at, known_to
FROM {{version}}
WHERE moves AND NOT newest
