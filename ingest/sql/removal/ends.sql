-- name: removal.ends  params: database_id  relations: deletion, deleted, record, contribution
-- A row without a stamp says nothing about the order: what it states counts as later than all deletions.
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
SELECT label, source, dataset, rule, key, moment
FROM concerned
JOIN dated USING (label, source, dataset, key)
ANTI JOIN undated USING (label, source, dataset, key)
