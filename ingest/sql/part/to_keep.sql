-- name: part.to_keep  params: database_id  relations: stated_part
SELECT DISTINCT $database_id AS database_id, owner, type, start_label, end_label, item, start_id, end_id, part_key
FROM {{stated_part}}
