-- name: part.owners_to_keep  params: database_id  relations: part_owner
SELECT $database_id AS database_id, owner, stamp
FROM {{part_owner}}
