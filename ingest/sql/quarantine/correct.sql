-- name: quarantine.correct  params: ids, cells  relations: quarantine
-- Each row by its id, as `quarantine.all` makes it; the ids and the new cells stand in one order.
UPDATE {{quarantine}} AS q
SET cells = n.cells
FROM (SELECT unnest($ids::VARCHAR[]) AS id, unnest($cells::VARCHAR[]) AS cells) n
WHERE left(md5(concat_ws('|', q.run_id, q.dataset, q.file, q.row)), 12) = n.id
