// name: alias.resolve_each  params: alias_ids  access: read  sees: viewer
UNWIND $alias_ids AS asked
MATCH (a:Alias {alias_id: asked})-[:ALIAS_OF]->(n)
RETURN asked AS alias_id,
  min(coalesce(n.customer_id, n.contact_id, n.employee_id, n.product_id, n.opportunity_id)) AS id
