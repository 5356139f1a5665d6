// name: store.erase_nodes  params: limit  access: write
MATCH (n)
WHERE NOT n:Migration AND NOT n:Database
WITH n LIMIT $limit
DETACH DELETE n
RETURN count(*) AS erased
