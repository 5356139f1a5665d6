// name: group.standing  params: now  access: read  sees: company  slots: label, key
// Who carries a tag or belongs to a segment, whoever said so.
MATCH (g:{{label}})<-[r:TAGGED|IN_SEGMENT]-(c:Customer)
WITH g, r, c, datetime($now) AS t
WHERE {{true_at r t}} AND {{seen_by_company r}}
RETURN c.customer_id AS customer_id, g.{{key}} AS group_id, r.fact_id AS fact_id, r.source = 'derive' AS derived,
  r.rule_version AS rule_version, r.method AS method
