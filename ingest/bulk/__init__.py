"""The first load of an empty Neo4j by its own import tool, from files that DuckDB writes."""
