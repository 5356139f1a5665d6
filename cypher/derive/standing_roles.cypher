// name: derive.standing_roles  params: customer_ids  access: read  sees: all
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})<-[r:HAS_ROLE]-(:Contact) WHERE r.source = 'derive'
RETURN c.customer_id AS end_id, r {.fact_id, .role, .influence, .decision_power, .confidence, .method, .valid_from, .valid_to, .known_from, .known_to, .evidence,
  .visibility, .owner_id, .dismissed_at} AS fact
