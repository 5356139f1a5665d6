// The engine's own shortest path by number of ties, whatever their strength.
MATCH (e:Employee {employee_id: $employee_id}), (p:Contact {contact_id: $contact_id})
MATCH path = shortestPath((e)-[:KNOWS*..4]-(p))
RETURN length(path) AS ties
