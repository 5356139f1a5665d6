-- name: branch.stated  params: now  relations: -
-- Parents and their subsidiaries, as stated and known to everybody of us.
SELECT DISTINCT start_id AS parent, end_id AS child
FROM edge_parent_of
WHERE basis <> 'inferred' AND valid_from <= $now AND coalesce(known_from, valid_from) <= $now
  AND (valid_to IS NULL OR valid_to > $now) AND (known_to IS NULL OR known_to > $now)
  AND seen_by_company(visibility)
ORDER BY parent, child
