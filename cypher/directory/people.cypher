// name: directory.people  params: -  access: read  sees: all
// Every person of both sides.
MATCH (c:Contact) RETURN 'Contact:' + c.contact_id AS typed_id, c.name AS name
UNION ALL
MATCH (e:Employee) RETURN 'Employee:' + e.employee_id AS typed_id, e.name AS name
