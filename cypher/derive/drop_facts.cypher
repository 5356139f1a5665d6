// name: derive.drop_facts  params: rows  access: write  sees: all  slots: type, end, end_key
// By the end, which has few of these: by fact_id alone every relationship of the type is read.
UNWIND $rows AS row
MATCH (b:{{end}} { {{end_key}}: row.end})
MATCH (b)<-[r:{{type}}]-() WHERE r.fact_id = row.fact_id
DELETE r
