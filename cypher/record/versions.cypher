// name: record.versions  params: ids  access: read  sees: viewer  slots: label, key
// The versions of the source rows of these nodes, oldest first within each node.
UNWIND $ids AS asked
MATCH (n:{{label}})<-[:RECORD_OF]-(s:SourceRecord)
WHERE n.{{key}} = asked
RETURN asked AS id, s.record_id AS record_id, s.known_from AS known_from, s.values AS values
ORDER BY id, known_from, record_id
