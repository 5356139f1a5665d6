// fragment: customer_part.card  params: -
// What most lists show of a company: id, name, industry, region, city, country. A list, for the names of a map are sent
// and decoded again at every customer.
[c.customer_id, c.name, c.industry, c.region, c.city, c.country] AS card
