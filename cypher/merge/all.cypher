// name: merge.all  params: -  access: read  sees: all
// Every merge that stands or waits, in the order in which they were made.
MATCH (m:Merge)
WHERE m.state <> 'undone'
RETURN m.merge_id AS merge_id, m.kind AS kind, m.kept_id AS kept_id, m.absorbed_id AS absorbed_id, m.place AS place,
  m.state AS state, m.at AS at, m.actor AS actor, m.reason AS reason, m.probability AS probability, m.record AS record
ORDER BY place, merge_id
