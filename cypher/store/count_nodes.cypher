// name: store.count_nodes  params: -  access: read  sees: all
MATCH (n)
UNWIND labels(n) AS label
RETURN label, count(*) AS count
ORDER BY label
