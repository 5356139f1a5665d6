// name: ingest.drop_nodes  params: rows  access: write  sees: all  slots: label, key
// Nodes that no remaining load states, with what was derived of them: scores, suggestions, alerts, profiles.
UNWIND $rows AS row
MATCH (n:{{label}} { {{key}}: row.id})
OPTIONAL MATCH (n)-[]-(d)
WHERE labels(d)[0] IN ['RiskScore', 'Forecast', 'Recommendation', 'Alert', 'Profile']
DETACH DELETE d, n
RETURN count(*) AS dropped
