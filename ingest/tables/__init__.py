"""Every table of ingest with its columns: those kept in the staging file, and those of a single run.

Moments are canonical UTC text, `item` names what one write puts into the graph, `seq` a row of a dataset in
the order of its files. A step imports `tables` and says `tables.KEY`.
"""

from ingest.tables.datasets import *
from ingest.tables.facts import *
from ingest.tables.identity import *
from ingest.tables.kept import *
from ingest.tables.records import *
from ingest.tables.revert import *
from ingest.tables.rows import *
