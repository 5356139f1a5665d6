// name: store.erase_nodes  params: limit  access: write  sees: all
MATCH (n)
WHERE NOT n:Migration AND NOT n:Database
WITH n LIMIT $limit
DETACH DELETE n
RETURN count(*) AS erased
