// name: schema.node_index  params: -  access: write  sees: all  slots: name, label, property
CREATE INDEX {{name}} IF NOT EXISTS FOR (n:{{label}}) ON (n.{{property}})
