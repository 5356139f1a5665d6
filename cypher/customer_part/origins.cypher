// fragment: customer_part.origins  params: limit
// Source rows that hold then.
COLLECT {
  MATCH (c)<-[:RECORD_OF]-(s:SourceRecord)
  WHERE s.known_from <= t AND (s.known_to IS NULL OR s.known_to > t)
  RETURN s {.record_id, .source, .dataset, .source_key, .known_from}
  ORDER BY s.known_from, s.record_id
  LIMIT $limit
} AS origins
