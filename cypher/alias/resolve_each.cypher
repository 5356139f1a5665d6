// name: alias.resolve_each  params: alias_ids  access: read  sees: viewer
UNWIND $alias_ids AS asked
MATCH (a:Alias {alias_id: asked})-[:ALIAS_OF]->(n)
RETURN asked AS alias_id,
  min(coalesce(n.customer_id, n.contact_id, n.employee_id, n.product_id, n.lead_id, n.opportunity_id,
  n.contract_id, n.quote_id, n.invoice_id, n.task_id, n.ticket_id, n.campaign_id, n.item_id)) AS id
