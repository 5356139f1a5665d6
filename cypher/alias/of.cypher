// name: alias.of  params: label, asked  access: read  sees: all
// The retired ids, and ids of sources, that lead to a contact or an employee of this id.
MATCH (a:Alias)-[:ALIAS_OF]->(n:Contact {contact_id: $asked}) WHERE $label = 'Contact'
RETURN a.alias_id AS alias_id
UNION
MATCH (a:Alias)-[:ALIAS_OF]->(n:Employee {employee_id: $asked}) WHERE $label = 'Employee'
RETURN a.alias_id AS alias_id
