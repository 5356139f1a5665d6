CREATE FULLTEXT INDEX customer_names IF NOT EXISTS
FOR (n:Customer) ON EACH [n.name, n.short_name]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}};
