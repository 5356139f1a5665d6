// name: group.close  params: rows, now  access: write  sees: company
// What a rule no longer finds ends; that it was so stays.
UNWIND $rows AS row
MATCH (c:Customer {customer_id: row.customer_id})-[r:TAGGED|IN_SEGMENT]->(g)
WHERE r.fact_id = row.fact_id AND {{seen_by_company r}}
WITH r, datetime($now) AS t
SET r.valid_to = CASE WHEN r.valid_from > t THEN r.valid_from ELSE t END
