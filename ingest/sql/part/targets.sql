-- name: part.targets  params: -  relations: stated_part
SELECT DISTINCT ON (item) 'part' AS kind, type AS name, start_label, end_label, item, body
FROM {{stated_part}}
ORDER BY rowid
