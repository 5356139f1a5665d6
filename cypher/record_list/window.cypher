// name: record_list.window  params: size  access: read  sees: viewer  slots: label, property, low
// A value up to which at least `size` records follow, or all that there are. Without an order both engines take them
// from the index, in its order; any other would only make the window wider.
MATCH (r:{{label}}) WHERE {{low}}
WITH r.{{property}} AS value LIMIT $size
RETURN max(value) AS until, count(*) AS records
