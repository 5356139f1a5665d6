-- name: quarantine.all  params: -  relations: quarantine
-- Every bad row, told by its place in the load that refused it.
SELECT left(md5(concat_ws('|', run_id, dataset, file, row)), 12) AS id, run_id, dataset, file, row, reason, cells
FROM {{quarantine}}
ORDER BY run_id, dataset, file, row
