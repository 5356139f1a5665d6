-- name: removal.outdated  params: database_id  relations: contribution, record, exported
-- An export that is declared older than the end of a record does not bring the record back.
DELETE FROM {{contribution}} AS c
USING {{record}} r, {{exported}} e
WHERE r.database_id = $database_id AND r.label = c.label AND r.source = c.source AND r.dataset = c.dataset
    AND r.rule = c.rule AND r.key = c.key AND e.dataset = c.dataset AND e.declared AND e.stamp < r.ended_at
