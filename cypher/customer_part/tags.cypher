// fragment: customer_part.tags  params: -
// Tags carried.
COLLECT {
  MATCH (c)-[w:TAGGED]->(g:Tag)
  WHERE w.valid_from <= t AND (w.valid_to IS NULL OR w.valid_to > t)
    AND coalesce(w.known_from, w.valid_from) <= t AND (w.known_to IS NULL OR w.known_to > t)
  RETURN g {.tag_id, .name, .name_zh, .dimension}
  ORDER BY g.dimension, g.tag_id
} AS tags
