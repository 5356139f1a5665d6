-- name: part.to_keep  params: database_id  relations: stated_part
SELECT $database_id AS database_id, owner, type, start_label, end_label, item, start_id, end_id, part_key
FROM {{stated_part}} s
SEMI JOIN (SELECT min(rowid) AS place FROM {{stated_part}} GROUP BY owner, item) f ON f.place = s.rowid
