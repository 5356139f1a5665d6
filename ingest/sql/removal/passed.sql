-- name: removal.passed  params: database_id  relations: deletion, contribution
-- What is stated without a stamp follows the deletions that are known, so that they say nothing more of the order.
DELETE FROM {{deletion}}
WHERE database_id = $database_id AND (label, source, dataset, key) IN (
    SELECT (label, source, dataset, key)
    FROM {{contribution}}
    WHERE stamp IS NULL)
