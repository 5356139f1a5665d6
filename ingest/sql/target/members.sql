-- name: target.members  params: -  relations: pending, member
-- The members of merged groups that pending items are, or have at an end.
WITH named AS (
    SELECT name AS label, json_extract_string(body, '$.id') AS id FROM {{pending}} WHERE kind = 'node'
    UNION ALL
    SELECT start_label, json_extract_string(body, '$.start') FROM {{pending}} WHERE kind <> 'node'
    UNION ALL
    SELECT end_label, json_extract_string(body, '$.end') FROM {{pending}} WHERE kind <> 'node')
SELECT label, id FROM {{member}} SEMI JOIN named USING (label, id)
