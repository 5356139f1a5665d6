DROP INDEX customer_names IF EXISTS;
CREATE FULLTEXT INDEX customer_words IF NOT EXISTS
FOR (n:Customer) ON EACH [n.name_words, n.short_name_words]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace', `fulltext.eventually_consistent`: false}};
