// name: quality.doubles  params: now  access: read  sees: company
// Of all pairs that may be one and that nobody has told apart, both records.
MATCH (a:Customer)-[r:MAY_BE_SAME_AS]->(b:Customer)
WITH a.customer_id AS one, b.customer_id AS other, r, datetime($now) AS t
WHERE {{true_at r t}} AND {{seen_by_company r}}
WITH one, other, 'Customer|' + CASE WHEN one < other THEN one + '|' + other ELSE other + '|' + one END AS pair
WHERE NOT EXISTS { MATCH (v:Verdict {verdict_id: pair}) WHERE v.judgement = 'apart' }
RETURN 'Customer' AS label, one, other
UNION ALL
MATCH (a:Contact)-[r:MAY_BE_SAME_AS]->(b:Contact)
WITH a.contact_id AS one, b.contact_id AS other, r, datetime($now) AS t
WHERE {{true_at r t}} AND {{seen_by_company r}}
WITH one, other, 'Contact|' + CASE WHEN one < other THEN one + '|' + other ELSE other + '|' + one END AS pair
WHERE NOT EXISTS { MATCH (v:Verdict {verdict_id: pair}) WHERE v.judgement = 'apart' }
RETURN 'Contact' AS label, one, other
