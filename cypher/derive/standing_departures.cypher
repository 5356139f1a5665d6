// name: derive.standing_departures  params: customer_ids  access: read  sees: all
MATCH (c:Customer) WHERE c.customer_id IN $customer_ids
MATCH (c)<-[r:DEPARTED]-(:Contact) WHERE r.source = 'derive'
RETURN c.customer_id AS end_id, r {.fact_id, .confidence, .method, .valid_from, .known_from, .moved_to, .evidence, .visibility} AS fact
