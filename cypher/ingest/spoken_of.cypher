// name: ingest.spoken_of  params: ids  access: read  sees: all  slots: label, key
// Those of the nodes of which people have said something, by a fact or by a record of their own.
UNWIND $ids AS asked
MATCH (n:{{label}} { {{key}}: asked})-[r]-(x)
WHERE (r.source STARTS WITH 'user:' OR labels(x)[0] IN ['Task', 'Interaction', 'Introduction']
  AND coalesce(x.task_id, x.interaction_id, x.introduction_id) STARTS WITH 'written:')
RETURN DISTINCT n.{{key}} AS id
