-- name: segment.lost_reasons  params: now, days, most  relations: -
-- Why deals of the last $days days were lost, by product, of each segment: the $most reasons that were given most often.
WITH told AS (
  SELECT m.segment_id, o.lost_reason AS what, p.name AS product, count(DISTINCT o.opportunity_id) AS count
  FROM node_opportunity o
  JOIN edge_for f ON f.start_label = 'Opportunity' AND f.start_id = o.opportunity_id AND f.end_label = 'Customer'
  JOIN segment_member m ON m.customer_id = f.end_id
  LEFT JOIN edge_about a ON a.start_label = 'Opportunity' AND a.start_id = o.opportunity_id AND a.end_label = 'Product'
  LEFT JOIN node_product p ON p.product_id = a.end_id
  WHERE o.outcome = 'lost' AND o.closed_at <= $now AND o.closed_at > $now - to_days($days) AND o.ended_at IS NULL
    AND o.lost_reason IS NOT NULL
  GROUP BY ALL
)
SELECT * FROM told
QUALIFY row_number() OVER (PARTITION BY segment_id ORDER BY count DESC, what, product NULLS LAST) <= $most
ORDER BY segment_id, count DESC, what, product NULLS LAST
