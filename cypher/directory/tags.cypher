// name: directory.tags  params: as_of, dimension, limit, sized  access: read  sees: viewer
// Tags that are in use or defined, and how many customers carry each today, where that is asked for ($sized):
// it reads all of them.
MATCH (g:Tag)
WITH g, datetime($as_of) AS t
WHERE {{standing_at g t}} AND ($dimension IS NULL OR g.dimension = $dimension)
WITH g, t ORDER BY g.dimension, g.tag_id LIMIT $limit
RETURN g {.tag_id, .name, .name_zh, .dimension, .description, .description_zh, .rule_version} AS tag,
  CASE WHEN $sized THEN COUNT {
    MATCH (g)<-[w:TAGGED]-(c:Customer)
    WHERE {{true_at w t}} AND {{seen_by_viewer w}} AND {{standing_at c t}} AND {{in_scope c}}
  } END AS customers
ORDER BY tag.dimension, tag.tag_id
