-- name: part.removed  params: database_id  relations: known_part, part_owner, stated_part
WITH known AS (
    SELECT *
    FROM {{known_part}}
    WHERE database_id = $database_id)
SELECT k.*
FROM known k
SEMI JOIN {{part_owner}} USING (owner)
ANTI JOIN {{stated_part}} s ON s.item = k.item
ANTI JOIN (SELECT * FROM known ANTI JOIN {{part_owner}} USING (owner)) o ON o.item = k.item
