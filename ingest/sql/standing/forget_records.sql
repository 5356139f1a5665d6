-- name: standing.forget_records  params: -  relations: -
DELETE FROM record WHERE id IN (SELECT id FROM gone)
