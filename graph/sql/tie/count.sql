-- name: tie.count  params: -  relations: -
SELECT count(*) FROM tie_kept
