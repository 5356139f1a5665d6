-- name: touched.buyers  params: before, now  relations: -
-- Customers of whom an order or a line changed, or whose order has come into the past.
WITH placed AS (
  SELECT key AS order_id FROM changed WHERE kind IN ('node_order', 'edge_contains')
  UNION
  SELECT order_id FROM node_order WHERE ordered_at > $before AND ordered_at <= $now
), touched AS (
  SELECT start_id AS customer_id FROM edge_placed WHERE end_id IN (SELECT order_id FROM placed)
  UNION
  SELECT other_key FROM changed WHERE kind = 'edge_placed'
  UNION
  SELECT key FROM changed WHERE kind = 'node_customer'
)
SELECT customer_id FROM touched SEMI JOIN (SELECT customer_id FROM node_customer WHERE ended_at IS NULL) USING (customer_id)
