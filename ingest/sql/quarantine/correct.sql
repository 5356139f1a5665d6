-- name: quarantine.correct  params: id, cells  relations: quarantine
UPDATE {{quarantine}}
SET cells = $cells
WHERE left(md5(concat_ws('|', run_id, dataset, file, row)), 12) = $id
