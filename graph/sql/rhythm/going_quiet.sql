-- name: rhythm.going_quiet  params: now, factor, window  relations: -
-- Customers silent for more than $factor times the longest gap between their own order days (`order_rhythm`, of rhythm.usual) and whose
-- last order is at most $window days old.
WITH told AS (
  SELECT *, date_diff('day', last_on, $now::TIMESTAMP) AS silent FROM order_rhythm
)
SELECT c.customer_id, c.name, t.last_on, t.silent, t.usual, t.longest, t.gaps + 1 AS days
FROM told t
JOIN node_customer c USING (customer_id)
WHERE c.ended_at IS NULL AND t.silent > $factor * t.longest AND t.silent <= $window
ORDER BY t.silent / t.usual DESC, c.customer_id
