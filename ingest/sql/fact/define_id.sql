-- name: fact.define_id  params: -  relations: -
-- `graph.facts.fact_id`: SHA-256 over the length-prefixed parts, cut to 32 digits.
CREATE OR REPLACE TEMP MACRO fact_id(type, start_id, end_id, source, source_key, valid_from) AS left(sha256(
    length(type) || ':' || type || length(start_id) || ':' || start_id || length(end_id) || ':' || end_id
    || length(source) || ':' || source || length(source_key) || ':' || source_key
    || length(valid_from) || ':' || valid_from), 32)
