-- name: part.row_items  params: -  relations: stated_part
SELECT dataset, seq, item
FROM {{stated_part}}
