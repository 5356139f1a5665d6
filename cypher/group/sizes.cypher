// name: group.sizes  params: now  access: read  sees: company  slots: label, key
// How many customers each tag or segment has.
MATCH (g:{{label}})<-[r:TAGGED|IN_SEGMENT]-(c:Customer)
WITH g, r, c, datetime($now) AS t
WHERE {{true_at r t}} AND {{seen_by_company r}}
RETURN g.{{key}} AS group_id, count(DISTINCT c) AS customers
