-- name: gap.parents  params: -  relations: -
-- The parent of each customer that has one, as stated and known to everybody of us; of several the first by id.
SELECT end_id AS child, min(start_id) AS parent
FROM edge_parent_of
WHERE valid_to IS NULL AND known_to IS NULL AND basis <> 'inferred' AND seen_by_company(visibility)
GROUP BY end_id
