// name: alias.people  params: alias_ids  access: read  sees: company
UNWIND $alias_ids AS asked
MATCH (a:Alias {alias_id: asked})-[:ALIAS_OF]->(n)
RETURN a.alias_id AS alias_id, coalesce(n.contact_id, n.employee_id) AS id
