// name: load.node  params: rows  access: write  sees: all  slots: label, key, times
UNWIND $rows AS row
MERGE (n:{{label}} { {{key}}: row.id})
SET n += row.props{{times}}
RETURN count(*) AS matched
