-- name: part.newest  params: -  relations: stated_part, part_owner
DELETE FROM {{stated_part}}
WHERE owner NOT IN (SELECT owner FROM {{part_owner}})
