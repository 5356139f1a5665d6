// name: assignment.open  params: now  access: read  sees: company  slots: label, key, open
// Open records with their customer, if any, who of us people and sources name for them, and whom a rule gave them to.
MATCH (n:{{label}})
WHERE {{open}} AND n.ended_at IS NULL
OPTIONAL MATCH (n)-[:FOR]->(c:Customer)
WITH n, c, datetime($now) AS t
RETURN n.{{key}} AS record_id, properties(n) AS props, c.customer_id AS customer_id,
  COLLECT {
    MATCH (n)<-[w:OWNS]-(e:Employee) WHERE {{true_at w t}} AND {{seen_by_company w}} RETURN e.employee_id
  } AS owners,
  COLLECT {
    MATCH (n)<-[a:ASSIGNED]-(e:Employee) WHERE {{true_at a t}} AND {{seen_by_company a}}
    RETURN a {.fact_id, .rule_id, .rule_version, employee_id: e.employee_id} AS given
    ORDER BY a.valid_from, a.fact_id
  } AS assigned
ORDER BY coalesce(n.opened_at, n.valid_from), record_id
