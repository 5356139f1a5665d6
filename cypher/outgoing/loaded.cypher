// name: outgoing.loaded  params: ids, source  access: read  sees: company  slots: label, key
// What the rows of a source said of these records when they were last loaded.
UNWIND $ids AS asked
MATCH (n:{{label}} { {{key}}: asked})<-[:RECORD_OF]-(s:SourceRecord)
WHERE s.source = $source AND s.known_to IS NULL
RETURN s.source_key AS source_key, s.values AS values, s.known_from AS known_from
ORDER BY known_from, s.record_id
