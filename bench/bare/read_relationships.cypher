MATCH (a:{start})-[r:{type}]->(b:{end}) RETURN a.{start_key} AS start, b.{end_key} AS end, properties(r) AS props
