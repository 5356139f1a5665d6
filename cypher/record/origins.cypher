// name: record.origins  params: id, as_of  access: read  sees: viewer  slots: label, key
// The source rows of a node that was read before, as they held at a moment, with their values.
MATCH (n:{{label}} { {{key}}: $id})<-[:RECORD_OF]-(s:SourceRecord)
WITH s, datetime($as_of) AS t
WHERE s.known_from <= t AND (s.known_to IS NULL OR s.known_to > t)
RETURN s.source AS source, s.dataset AS dataset, s.source_key AS source_key, s.known_from AS known_from,
  s.values AS values
ORDER BY s.known_from, s.record_id
