-- name: part.removed  params: database_id  relations: current_part, part_owner, stated_part
SELECT c.*
FROM {{current_part}} c
SEMI JOIN {{part_owner}} USING (owner)
ANTI JOIN {{stated_part}} s ON s.item = c.item
WHERE c.database_id = $database_id
