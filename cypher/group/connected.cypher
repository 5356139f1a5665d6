// name: group.connected  params: customer_id, as_of  access: read  sees: viewer
// Partners of a customer, and companies of which one brought the other in.
MATCH (c:Customer {customer_id: $customer_id})
WITH c, datetime($as_of) AS t
WHERE {{in_scope c}}
MATCH (c)-[r:PARTNER_OF|REFERRED]-(d:Customer)
WHERE {{true_at r t}} AND {{seen_by_viewer r}}
RETURN CASE WHEN type(r) = 'PARTNER_OF' THEN 'partner'
    WHEN startNode(r) = d THEN 'referrer' ELSE 'referred' END AS kind,
  d.customer_id AS customer_id, d.name AS name, r.valid_from AS since
ORDER BY kind, customer_id, since
