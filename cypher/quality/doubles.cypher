// name: quality.doubles  params: now  access: read  sees: company
// Of all pairs that may be one and that nobody has told apart, both records.
MATCH (a:Customer)-[r:MAY_BE_SAME_AS]->(b:Customer)
WITH a.customer_id AS one, b.customer_id AS other, r, datetime($now) AS t
WHERE {{true_at r t}} AND {{seen_by_company r}}
  AND NOT EXISTS { MATCH (v:Verdict) WHERE v.judgement = 'apart' AND v.verdict_id IN ['Customer|' + one + '|' + other, 'Customer|' + other + '|' + one] }
RETURN 'Customer' AS label, one, other
UNION ALL
MATCH (a:Contact)-[r:MAY_BE_SAME_AS]->(b:Contact)
WITH a.contact_id AS one, b.contact_id AS other, r, datetime($now) AS t
WHERE {{true_at r t}} AND {{seen_by_company r}}
  AND NOT EXISTS { MATCH (v:Verdict) WHERE v.judgement = 'apart' AND v.verdict_id IN ['Contact|' + one + '|' + other, 'Contact|' + other + '|' + one] }
RETURN 'Contact' AS label, one, other
