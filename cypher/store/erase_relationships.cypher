// name: store.erase_relationships  params: limit  access: write  sees: all
MATCH ()-[r]->()
WITH r LIMIT $limit
DELETE r
RETURN count(*) AS erased
