-- name: standing.come  params: -  relations: -
-- Records that are new, or whose print has changed; `held`: whether the index holds an earlier state.
SELECT c.id, s.id IS NOT NULL AS held
FROM current_print c
LEFT JOIN seen s USING (id)
WHERE s.print IS DISTINCT FROM c.print
ORDER BY c.id
