// name: merge.last_place  params: -  access: read  sees: all
MATCH (m:Merge)
RETURN max(m.place) AS place
