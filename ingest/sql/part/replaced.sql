-- name: part.replaced  params: database_id  relations: current_part, part_owner
DELETE FROM {{current_part}}
WHERE database_id = $database_id AND owner IN (
    SELECT owner
    FROM {{part_owner}})
