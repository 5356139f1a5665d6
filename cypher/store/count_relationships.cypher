// name: store.count_relationships  params: -  access: read  sees: all
MATCH ()-[r]->()
RETURN type(r) AS type, count(*) AS count
ORDER BY type
