// name: store.count_relationships  params: -  access: read
MATCH ()-[r]->()
RETURN type(r) AS type, count(*) AS count
ORDER BY type
