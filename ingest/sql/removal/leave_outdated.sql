-- name: removal.leave_outdated  params: -  relations: contribution, outdated
-- It is of the past: it does not bring the record back.
DELETE FROM {{contribution}} AS c
USING {{outdated}} o
WHERE o.label = c.label AND o.source = c.source AND o.dataset = c.dataset AND o.rule = c.rule AND o.key = c.key
    AND o.stamp = c.stamp
