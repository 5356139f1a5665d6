-- name: standing.forget_seen  params: -  relations: -
DELETE FROM seen WHERE id IN (SELECT id FROM gone)
