-- name: removal.outdated  params: database_id, deletes  relations: contribution, record, exported
-- What was stated before the end of a record does not bring it back: in an export that is declared older, or,
-- where rows say that records are deleted, in a row whose own stamp is older.
DELETE FROM {{contribution}} AS c
USING {{record}} r, {{exported}} e
WHERE r.database_id = $database_id AND r.label = c.label AND r.source = c.source AND r.dataset = c.dataset
    AND r.rule = c.rule AND r.key = c.key AND e.dataset = c.dataset
    AND (e.declared AND e.stamp < r.ended_at OR c.stamp < r.ended_at AND list_contains($deletes, c.dataset))
