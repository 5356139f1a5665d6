UNWIND $rows AS row
MATCH (a:{start} {{start_key}: row.start})
MATCH (b:{end} {{end_key}: row.end})
MERGE {pattern}
SET r += row.props{times}
