// name: assignment.close  params: rows, now  access: write  sees: company  slots: label, key
// What a rule no longer gives ends; that it was so stays.
UNWIND $rows AS row
MATCH (n:{{label}} { {{key}}: row.record_id})<-[a:ASSIGNED]-()
WHERE a.fact_id = row.fact_id AND {{seen_by_company a}}
WITH a, datetime($now) AS t
SET a.valid_to = CASE WHEN a.valid_from > t THEN a.valid_from ELSE t END
