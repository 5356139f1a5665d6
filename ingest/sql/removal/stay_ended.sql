-- name: removal.stay_ended  params: database_id  relations: outdated, version, record
-- How many states are older than the end of a record that had ended and stays so.
SELECT count(*)
FROM {{outdated}} o
SEMI JOIN (SELECT * FROM {{record}} WHERE database_id = $database_id AND ended_at IS NOT NULL)
    USING (label, source, dataset, rule, key)
ANTI JOIN (SELECT * FROM {{version}} WHERE newest AND ended_at IS NULL) USING (label, source, dataset, rule, key)
