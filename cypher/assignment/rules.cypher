// name: assignment.rules  params: -  access: read  sees: company
// All rules of assignment in their order; those that are off, too.
MATCH (r:AssignmentRule)
RETURN properties(r) AS props
ORDER BY r.position, r.rule_id
