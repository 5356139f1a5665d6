-- name: quarantine.forget  params: ids  relations: quarantine
DELETE FROM {{quarantine}}
WHERE list_contains($ids, left(md5(concat_ws('|', run_id, dataset, file, row)), 12))
