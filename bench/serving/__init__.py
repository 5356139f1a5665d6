"""What an answer over HTTP costs beside bare Cypher and `@neo4j/graphql`: five questions, one run."""
