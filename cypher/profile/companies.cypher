// name: profile.companies  params: customer_ids  access: read
// Own values of several customers, for lists and for answers that need no more.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})
RETURN
  c {.customer_id, .name, .short_name, .tax_id, .industry, .region, .city, .country, .employees, .revenue,
    .currency, .domains, .website, .phone, .lifecycle_stage, .created_at} AS company,
  [key IN keys(c) WHERE key STARTS WITH 'x_' | {name: key, value: c[key]}] AS attributes
