UNWIND $rows AS row
MERGE (n:{label} {{key}: row.id})
SET n += row.props{times}
