"""Tables as they read where codes stand as the names that lists give them."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.proposal.codes.code_list import CodeList, pointed, translated
from ingest.proposal.codes.stems import stem
from ingest.proposal.columns.profile import Code, Column, Profile, column_of


def with_names(profile: Profile, lists: Sequence[CodeList]) -> Profile:
    """A table whose columns of codes are called by what the codes are of, and hold their names."""
    found = {column.name: told for column in profile.columns if (told := pointed(column, profile, lists))}
    if not found:
        return profile
    data, columns = profile.data, []
    for column in profile.columns:
        if (told := found.get(column.name)) is None:
            columns.append(column)
            continue
        named = _named(column, told, profile, [one.name for one in columns])
        cells = translated(data.column(column.name), told.named())
        data = data.set_column(column.position, named.name, cells)
        columns.append(replace(column_of(named.name, column.position, data, named.said), code=named.code))
    return Profile(profile.table, data, tuple(columns), {column.name: column for column in columns})


def _named(column: Column, told: CodeList, profile: Profile, taken: Sequence[str]) -> Column:
    """The column under a name that no other has: `stage` of `stage_id`, else `stage_id name`."""
    said = " ".join(stem(column.name)) if column.name.isascii() else "".join(stem(column.name))
    free = said.replace(" ", "_")
    used = {*taken, *(one.name for one in profile.columns)}
    if {free.casefold()} & {one.casefold() for one in used}:
        free = f"{column.name} {told.name.name}"
    code = Code(column.name, told.profile.table.name, told.code.name, told.name.name)
    return replace(column, name=free, said=said, code=code)
