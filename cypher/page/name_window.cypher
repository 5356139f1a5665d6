// name: page.name_window  params: after_name, size  access: read  sees: viewer
// A name up to which at least `size` customers follow, or all that there are. Without an order both engines take them
// from the index, by name; any other order would only make the window wider.
MATCH (c:Customer) WHERE c.name >= $after_name
WITH c.name AS name LIMIT $size
RETURN max(name) AS until, count(*) AS customers
