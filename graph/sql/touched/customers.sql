-- name: touched.customers  params: before, now  relations: -
-- Customers that changed, with a fact, deal or relation that did or whose day has come, or where a touched contact
-- works or worked.
WITH deal AS (
  SELECT key AS opportunity_id FROM changed WHERE label = 'Opportunity'
  UNION
  SELECT other_key FROM changed WHERE other_label = 'Opportunity'
  UNION
  SELECT opportunity_id FROM node_opportunity
  WHERE opened_at > $before AND opened_at <= $now OR closed_at > $before AND closed_at <= $now
    OR ended_at > $before AND ended_at <= $now
), related AS (
  SELECT start_id, end_id, valid_from, valid_to, known_from, known_to FROM edge_parent_of
  UNION ALL
  SELECT start_id, end_id, valid_from, valid_to, known_from, known_to FROM edge_partner_of
), begun AS (
  FROM related
  WHERE valid_from > $before AND valid_from <= $now OR valid_to > $before AND valid_to <= $now
    OR known_from > $before AND known_from <= $now OR known_to > $before AND known_to <= $now
), touched AS (
  SELECT key AS customer_id FROM changed
  WHERE label = 'Customer' AND kind IN
    ('node_customer', 'edge_works_at', 'edge_has_role', 'edge_parent_of', 'edge_partner_of', 'edge_for')
  UNION
  SELECT other_key FROM changed
  WHERE other_label = 'Customer' AND kind IN
    ('edge_works_at', 'edge_has_role', 'edge_parent_of', 'edge_partner_of', 'edge_for')
    AND label NOT IN ('Interaction', 'Ticket', 'Lead', 'Contract')
  UNION
  SELECT end_id FROM edge_for JOIN deal ON start_label = 'Opportunity' AND start_id = opportunity_id
  UNION
  SELECT start_id FROM begun
  UNION
  SELECT end_id FROM begun
  UNION
  SELECT end_id FROM edge_works_at WHERE start_id IN (SELECT contact_id FROM touched_contacts)
)
SELECT customer_id FROM touched
SEMI JOIN (SELECT customer_id FROM node_customer WHERE ended_at IS NULL) USING (customer_id)
ORDER BY customer_id
