// name: schema.fact_index  params: -  access: write  slots: name, type
CREATE INDEX {{name}} IF NOT EXISTS FOR ()-[r:{{type}}]-() ON (r.fact_id)
