// name: derive.standing_departures  params: customer_ids  access: read  sees: all
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})<-[r:DEPARTED]-(:Contact) WHERE r.source = 'derive'
RETURN c.customer_id AS end_id, r {.fact_id, .confidence, .method, .valid_from, .known_from, .moved_to, .evidence, .visibility} AS fact
