-- name: segment.ticket_themes  params: now, days, most  relations: -
-- What tickets of the last $days days were about, by product, of each segment: the $most themes that came most often.
WITH told AS (
  SELECT m.segment_id, coalesce(t.category, t.kind) AS what, p.name AS product, count(DISTINCT t.ticket_id) AS count
  FROM node_ticket t
  JOIN edge_for f ON f.start_label = 'Ticket' AND f.start_id = t.ticket_id AND f.end_label = 'Customer'
  JOIN segment_member m ON m.customer_id = f.end_id
  LEFT JOIN edge_about a ON a.start_label = 'Ticket' AND a.start_id = t.ticket_id AND a.end_label = 'Product'
  LEFT JOIN node_product p ON p.product_id = a.end_id
  WHERE t.opened_at <= $now AND t.opened_at > $now - to_days($days) AND t.ended_at IS NULL
    AND coalesce(t.category, t.kind) IS NOT NULL
  GROUP BY ALL
)
SELECT * FROM told
QUALIFY row_number() OVER (PARTITION BY segment_id ORDER BY count DESC, what, product NULLS LAST) <= $most
ORDER BY segment_id, count DESC, what, product NULLS LAST
