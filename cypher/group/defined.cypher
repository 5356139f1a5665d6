// name: group.defined  params: -  access: read  sees: company  slots: label, key
// The tags or segments that are defined by a rule, or were found by a method; those taken back, too.
MATCH (g:{{label}})
WHERE g.rule IS NOT NULL
RETURN properties(g) AS props
ORDER BY g.{{key}}
