// name: record.links  params: id, as_of, limit  access: read  sees: viewer  slots: label, key
// What a record belongs to, holds and concerns, and who of us owns it.
MATCH (n:{{label}})
WHERE n.{{key}} = $id
WITH n, datetime($as_of) AS t
MATCH (n)-[r:FOR|ABOUT|RAISED_BY|CONTAINS]->(m)
WHERE CASE labels(m)[0]
  WHEN 'Customer' THEN {{in_scope m}}
  WHEN 'Opportunity' THEN {{deal_in_scope m}}
  WHEN 'Ticket' THEN {{deal_in_scope m}}
  WHEN 'Contact' THEN {{contact_in_scope m t}}
  ELSE true
END
WITH r, m ORDER BY r.line LIMIT $limit
RETURN type(r) AS relation, labels(m)[0] AS kind, coalesce(m.customer_id, m.contact_id, m.product_id, m.opportunity_id,
    m.quote_id, m.order_id, m.contract_id, m.invoice_id, m.ticket_id, m.campaign_id) AS record_id,
  coalesce(m.name, m.subject) AS name, NULL AS detail, r.line AS line, r.quantity AS quantity, r.amount AS amount
UNION ALL
MATCH (n:{{label}})
WHERE n.{{key}} = $id
MATCH (n)<-[r:PLACED|SCORED]-(m:Customer)
WHERE {{in_scope m}}
RETURN type(r) AS relation, 'Customer' AS kind, m.customer_id AS record_id, m.name AS name, NULL AS detail,
  NULL AS line, NULL AS quantity, NULL AS amount
UNION ALL
MATCH (n:{{label}})
WHERE n.{{key}} = $id
WITH n, datetime($as_of) AS t
MATCH (n)<-[r:OWNS]-(m:Employee)
WHERE {{true_at r t}} AND {{seen_by_viewer r}}
RETURN 'OWNS' AS relation, 'Employee' AS kind, m.employee_id AS record_id, m.name AS name, NULL AS detail,
  NULL AS line, NULL AS quantity, NULL AS amount
