"""Every query of the system: `cypher/<subject>/<verb>.cypher`, one per file.

The first line says what the file is and is checked against its text:

    // name: customer.by_id  params: customer_id, as_of  access: read

`params: -` means none. Templates (`cypher/load`, `cypher/schema`, `cypher/transfer`) add `slots: label, key`:
names in double braces that code fills from the graph model's own labels, types and property names.
A template with the slot `parts` is filled with fragments, `// fragment: customer_part.tags  params: -`.
"""

from cypher.catalogue import (
    Access,
    CatalogueError,
    Fragment,
    Query,
    Template,
    composed,
    engine_statements,
    fragment,
    fragments,
    names,
    query,
    template,
    templates,
)

__all__ = [
    "Access",
    "CatalogueError",
    "Fragment",
    "Query",
    "Template",
    "composed",
    "engine_statements",
    "fragment",
    "fragments",
    "names",
    "query",
    "template",
    "templates",
]
