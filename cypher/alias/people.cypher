// name: alias.people  params: alias_ids  access: read  sees: company
MATCH (a:Alias)-[:ALIAS_OF]->(n)
WHERE a.alias_id IN $alias_ids
RETURN a.alias_id AS alias_id, coalesce(n.contact_id, n.employee_id) AS id
