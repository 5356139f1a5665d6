// name: search.named  params: ids  access: read  sees: all  slots: label, key
// Nodes that are found by their name, their id and their mail address, where they have some.
UNWIND $ids AS asked
MATCH (n:{{label}} { {{key}}: asked})
RETURN n.{{key}} AS id, n.name AS name, n.email AS email, n.other_emails AS other_emails
