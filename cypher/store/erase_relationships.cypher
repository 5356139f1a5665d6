// name: store.erase_relationships  params: limit  access: write
MATCH ()-[r]->()
WITH r LIMIT $limit
DELETE r
RETURN count(*) AS erased
