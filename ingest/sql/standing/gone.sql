-- name: standing.gone  params: -  relations: -
SELECT s.id
FROM seen s
ANTI JOIN current_print USING (id)
ORDER BY s.id
