"""Tables as they read where codes stand as the names that lists give them."""

from collections.abc import Collection, Mapping
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from ingest.proposal.codes.code_list import CodeList, Pointing
from ingest.proposal.codes.stems import stem
from ingest.proposal.columns.profile import Code, Column, Profile, column_of


def with_names(profile: Profile, pointing: Pointing) -> Profile:
    """A table whose columns of codes are called by what the codes are of, and hold their names."""
    data = profile.data
    resolved: dict[str, Column] = {}
    for name, to in pointing.items():
        column = profile.by_name[name]
        said, free = _called(column, to, data.column_names)
        data = data.set_column(column.position, free, _translated(data.column(name), to.named))
        code = Code(name, to.profile.table.name, to.code.name, to.name.name)
        resolved[name] = replace(column_of(free, column.position, data, said), code=code)
    columns = tuple(resolved.get(one.name, one) for one in profile.columns)
    every = (resolved.get(name, one) for name, one in profile.by_name.items())
    return Profile(profile.table, data, columns, {one.name: one for one in every})


def _called(column: Column, to: CodeList, taken: Collection[str]) -> tuple[str, str]:
    """What a column of codes speaks of, and a name that no other has: `stage` of `stage_id`, else
    `stage_id name`."""
    words = stem(column.name)
    said = " ".join(words) if column.name.isascii() else "".join(words)
    free = said.replace(" ", "_")
    used = {one.casefold() for one in taken}
    return said, f"{column.name} {to.name.name}" if free.casefold() in used else free


def _translated(cells: pa.ChunkedArray, named: Mapping[str, str]) -> pa.ChunkedArray:
    """Cells with the names in place of their codes; what the list does not hold is null."""
    codes = pa.array(list(named), pa.string())
    names = pa.array(list(named.values()), pa.string())
    return pc.take(names, pc.index_in(cells, value_set=codes))
