// fragment: customer_part.tags  params: parts
// Tags carried, the heaviest first, with who said so, since when, and by which values.
CASE WHEN 'tags' IN $parts THEN COLLECT {
  MATCH (c)-[w:TAGGED]->(g:Tag)
  WHERE {{true_at w t}} AND {{seen_by_viewer w}}
  RETURN g {.tag_id, .name, .name_zh, .dimension, .description, .description_zh, since: w.valid_from,
    until: w.valid_to, basis: w.basis, figures: w.figures, rule_version: w.rule_version,
    weight: coalesce(g.weight, 1.0)} AS tag
  ORDER BY coalesce(g.weight, 1.0) DESC, g.dimension, g.tag_id
} END AS tags
