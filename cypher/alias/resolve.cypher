// name: alias.resolve  params: label, asked, alias_id, scope  access: read  sees: viewer
// What is not among the rows of whoever asks answers as what does not exist.
MATCH (n:Customer {customer_id: $asked}) WHERE $label = 'Customer' AND {{in_scope n}} RETURN n.customer_id AS id, 0 AS rank
UNION
MATCH (n:Contact {contact_id: $asked}) WHERE $label = 'Contact'
WITH n, datetime($scope.at) AS today WHERE {{contact_in_scope n today}} RETURN n.contact_id AS id, 0 AS rank
UNION
MATCH (n:Employee {employee_id: $asked}) WHERE $label = 'Employee' RETURN n.employee_id AS id, 0 AS rank
UNION
MATCH (n:Product {product_id: $asked}) WHERE $label = 'Product' RETURN n.product_id AS id, 0 AS rank
UNION
MATCH (n:Lead {lead_id: $asked}) WHERE $label = 'Lead' AND {{linked_in_scope n}} RETURN n.lead_id AS id, 0 AS rank
UNION
MATCH (n:Opportunity {opportunity_id: $asked}) WHERE $label = 'Opportunity' AND {{linked_in_scope n}} RETURN n.opportunity_id AS id, 0 AS rank
UNION
MATCH (n:Contract {contract_id: $asked}) WHERE $label = 'Contract' AND {{linked_in_scope n}} RETURN n.contract_id AS id, 0 AS rank
UNION
MATCH (n:Quote {quote_id: $asked}) WHERE $label = 'Quote' AND {{linked_in_scope n}} RETURN n.quote_id AS id, 0 AS rank
UNION
MATCH (n:Invoice {invoice_id: $asked}) WHERE $label = 'Invoice' AND {{linked_in_scope n}} RETURN n.invoice_id AS id, 0 AS rank
UNION
MATCH (n:Task {task_id: $asked}) WHERE $label = 'Task' AND {{linked_in_scope n}} RETURN n.task_id AS id, 0 AS rank
UNION
MATCH (n:Ticket {ticket_id: $asked}) WHERE $label = 'Ticket' AND {{linked_in_scope n}} RETURN n.ticket_id AS id, 0 AS rank
UNION
MATCH (n:Campaign {campaign_id: $asked}) WHERE $label = 'Campaign' RETURN n.campaign_id AS id, 0 AS rank
UNION
MATCH (n:Item {item_id: $asked}) WHERE $label = 'Item'
WITH n, datetime($scope.at) AS today WHERE {{item_in_scope n today}} RETURN n.item_id AS id, 0 AS rank
UNION
MATCH (a:Alias {alias_id: $alias_id})-[:ALIAS_OF]->(n)
WITH n, datetime($scope.at) AS today
WHERE labels(n)[0] IN ['Employee', 'Product', 'Campaign'] OR {{in_scope n}} OR {{linked_in_scope n}}
  OR {{contact_in_scope n today}} OR {{item_in_scope n today}}
RETURN coalesce(n.customer_id, n.contact_id, n.employee_id, n.product_id, n.lead_id, n.opportunity_id,
  n.contract_id, n.quote_id, n.invoice_id, n.task_id, n.ticket_id, n.campaign_id, n.item_id) AS id, 1 AS rank
