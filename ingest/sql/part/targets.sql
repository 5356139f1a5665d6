-- name: part.targets  params: -  relations: stated_part
SELECT 'part' AS kind, type AS name, start_label, end_label, item, body
FROM {{stated_part}} s
SEMI JOIN (SELECT min(rowid) AS place FROM {{stated_part}} GROUP BY item) f ON f.place = s.rowid
