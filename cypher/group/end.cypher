// name: group.end  params: id, now  access: write  sees: all  slots: label, key
// A definition is taken back; those who had it keep that they had.
MATCH (g:{{label}})
WHERE g.{{key}} = $id
SET g.ended_at = datetime($now)
RETURN g.{{key}} AS id
