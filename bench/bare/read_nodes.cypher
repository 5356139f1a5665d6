MATCH (n:{label}) RETURN n.{key} AS id, properties(n) AS props
