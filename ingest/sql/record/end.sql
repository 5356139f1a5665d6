-- name: record.end  params: database_id  relations: record, removed
UPDATE {{record}} AS r
SET ended_at = m.moment
FROM (SELECT DISTINCT label, source, dataset, rule, key, moment FROM {{removed}}) m
WHERE r.database_id = $database_id AND r.label = m.label AND r.source = m.source AND r.dataset = m.dataset
    AND r.rule = m.rule AND r.key = m.key
