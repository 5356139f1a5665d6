-- name: recomputed.talks  params: now, asked  relations: -
-- When somebody of us was last in touch with each customer: about the account, or with one who worked there then.
SELECT customer_id, max(met_at) AS last_at
FROM (
  SELECT f.end_id AS customer_id, i."at" AS met_at
  FROM edge_for f
  JOIN node_interaction i ON i.interaction_id = f.start_id
  WHERE f.start_label = 'Interaction' AND f.end_label = 'Customer'
    AND i.ended_at IS NULL AND seen_by_company(i.visibility)
  UNION ALL
  SELECT w.end_id, i."at"
  FROM node_interaction i
  JOIN edge_participated_in p ON p.end_id = i.interaction_id AND p.start_label = 'Contact'
  JOIN edge_works_at w ON w.start_id = p.start_id
  WHERE i.ended_at IS NULL AND seen_by_company(i.visibility) AND seen_by_company(w.visibility)
    AND coalesce(w.known_from, w.valid_from) <= $now AND (w.known_to IS NULL OR w.known_to > $now)
    AND i."at" >= w.valid_from AND (w.valid_to IS NULL OR i."at" < w.valid_to)
)
WHERE met_at <= $now AND customer_id IN (SELECT unnest($asked))
GROUP BY customer_id
