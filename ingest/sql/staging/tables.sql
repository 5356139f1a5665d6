-- name: staging.tables  params: -  relations: -
SELECT table_name FROM duckdb_tables()
