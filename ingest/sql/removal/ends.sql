-- name: removal.ends  params: database_id, complete  relations: deletion, deleted, record, contribution
-- A row without a stamp says nothing about the order: what it states counts as later than all deletions. A deletion
-- that another dataset of the source states ends a record, too, unless it stands in a complete export.
WITH undated AS (
    SELECT label, source, dataset, key
    FROM {{contribution}}
    WHERE stamp IS NULL),
dated AS (
    SELECT label, source, dataset, key, moment
    FROM {{deletion}}
    WHERE database_id = $database_id
    UNION
    SELECT label, source, dataset, key, moment
    FROM {{deleted}}),
concerned AS (
    SELECT label, source, dataset, rule, key
    FROM {{contribution}}
    UNION
    SELECT label, source, dataset, rule, key
    FROM {{record}}
    SEMI JOIN {{deleted}} USING (label, source, dataset, key)
    WHERE database_id = $database_id)
SELECT DISTINCT c.label, c.source, c.dataset, c.rule, c.key, d.moment
FROM concerned c
JOIN dated d ON d.label = c.label AND d.source = c.source AND d.key = c.key
    AND (d.dataset = c.dataset OR NOT list_contains($complete::VARCHAR[], c.dataset))
ANTI JOIN undated u ON u.label = c.label AND u.source = c.source AND u.dataset = c.dataset AND u.key = c.key
