// name: group.links  params: customer_ids, as_of  access: read  sees: viewer
// The parents and subsidiaries of each customer, with what says so; `ours`: it is among the rows of whoever asks.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})
WITH c, datetime($as_of) AS t
RETURN c.customer_id AS customer_id, {{in_scope c}} AS ours,
  COLLECT {
    MATCH (c)<-[up:PARENT_OF]-(p:Customer) WHERE {{true_at up t}} AND {{seen_by_viewer up}}
    RETURN {customer_id: p.customer_id, basis: up.basis, confidence: up.confidence, method: up.method}
  } AS parents,
  COLLECT {
    MATCH (c)-[down:PARENT_OF]->(d:Customer) WHERE {{true_at down t}} AND {{seen_by_viewer down}}
    RETURN {customer_id: d.customer_id, basis: down.basis, confidence: down.confidence, method: down.method}
  } AS children
