// fragment: customer_part.origins  params: parts, limit
// Source rows that hold then.
CASE WHEN 'origins' IN $parts THEN COLLECT {
  MATCH (c)<-[:RECORD_OF]-(s:SourceRecord)
  WHERE s.known_from <= t AND (s.known_to IS NULL OR s.known_to > t)
  RETURN s {.record_id, .source, .dataset, .source_key, .known_from}
  ORDER BY s.known_from, s.record_id
  LIMIT $limit
} END AS origins
