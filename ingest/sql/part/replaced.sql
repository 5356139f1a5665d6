-- name: part.replaced  params: database_id  relations: kept, part_owner
DELETE FROM {{kept}}
WHERE database_id = $database_id AND owner IN (
    SELECT owner
    FROM {{part_owner}})
