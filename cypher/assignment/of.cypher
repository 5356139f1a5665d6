// name: assignment.of  params: ids, as_of  access: read  sees: viewer  slots: label, key
// Whom rules gave these records to, as of a moment.
UNWIND $ids AS id
MATCH (n:{{label}} { {{key}}: id})<-[a:ASSIGNED]-(e:Employee)
WITH n, a, e, datetime($as_of) AS t
WHERE {{true_at a t}} AND {{seen_by_viewer a}} AND ({{linked_in_scope n}})
RETURN n.{{key}} AS record_id, e {.employee_id, .name, .email, .team, .role} AS employee, a.rule_id AS rule_id,
  a.rule_version AS rule_version, a.queue AS queue, a.valid_from AS since, a.figures AS figures
ORDER BY record_id
