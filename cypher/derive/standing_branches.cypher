// name: derive.standing_branches  params: customer_ids  access: read  sees: all
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})<-[r:PARENT_OF]-(p:Customer) WHERE r.source = 'derive'
RETURN p.customer_id AS start_id, c.customer_id AS end_id, r {.fact_id, .confidence, .method, .valid_from, .known_from, .evidence,
  .visibility, .dismissed_at} AS fact
