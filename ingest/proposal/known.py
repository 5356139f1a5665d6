"""The labels and links that a proposal may find in files: what people declare themselves is not guessed."""

from ingest.mapping.checks import LINKS, LOADABLE

LABELS = LOADABLE - {"Item"}
LINK_TYPES = LINKS - {"LINKED_TO"}
