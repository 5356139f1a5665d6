// name: path.evidence  params: employees, contacts  access: read  sees: viewer
// What the given ties rest on, each found at one of its people {id, fact_id}: fact_id has no index.
UNWIND $employees AS tie
MATCH (:Employee {employee_id: tie.id})-[k:KNOWS]-(:Contact|Employee)
WHERE k.fact_id = tie.fact_id AND {{seen_by_viewer k}}
RETURN k.fact_id AS fact_id, k.interactions AS interactions, k.last_at AS last_at, k.evidence AS evidence
UNION ALL
UNWIND $contacts AS tie
MATCH (:Contact {contact_id: tie.id})-[k:KNOWS]-(:Contact|Employee)
WHERE k.fact_id = tie.fact_id AND {{seen_by_viewer k}}
RETURN k.fact_id AS fact_id, k.interactions AS interactions, k.last_at AS last_at, k.evidence AS evidence
