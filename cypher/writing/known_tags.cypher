// name: writing.known_tags  params: tag  access: read  sees: viewer
// Tags of this id or name that are not switched off.
MATCH (g:Tag {tag_id: $tag})
WHERE g.ended_at IS NULL
RETURN g.tag_id AS tag_id, 0 AS rank
UNION
MATCH (g:Tag)
WHERE g.name = $tag AND g.ended_at IS NULL
RETURN g.tag_id AS tag_id, 1 AS rank
