"""Every query of the system: `cypher/<subject>/<verb>.cypher`, one per file.

The first line says what the file is and is checked against its text:

    // name: customer.by_id  params: customer_id, as_of  access: read  sees: viewer

`params: -` means none. `sees` says whom the statement serves: a viewer (all that the API reaches), the
company (what is derived and learned from what everybody may see), or all (loading and operation). Templates
(`cypher/load`, `cypher/schema`, `cypher/transfer`) add `slots: label, key`: names in double braces that code
fills from the graph model's own labels, types and property names. A template with the slot `parts` is filled
with fragments, `// fragment: customer_part.tags  params: -`. Rules that many statements hold (as of a moment,
who may see it, how ties fade) are macros, `{{true_at w t}}`: see `cypher.macros`.
"""

from cypher.catalogue import (
    composed,
    engine_statements,
    fragment,
    fragments,
    names,
    query,
    template,
    templates,
)
from cypher.macros import Macro, all_macros
from cypher.statement import Access, CatalogueError, Fragment, Query, Sees, Template

__all__ = [
    "Access",
    "CatalogueError",
    "Fragment",
    "Macro",
    "Query",
    "Sees",
    "Template",
    "all_macros",
    "composed",
    "engine_statements",
    "fragment",
    "fragments",
    "names",
    "query",
    "template",
    "templates",
]
