// name: profile_figures.standing  params: -  access: read  sees: company
// The profiles of all customers.
MATCH (f:Profile)
RETURN properties(f) AS props
