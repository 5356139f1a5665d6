SELECT state, count(*) FROM change GROUP BY state ORDER BY state
