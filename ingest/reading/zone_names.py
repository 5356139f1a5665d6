"""Time zones by what people call them: 北京时间, `India Standard Time` (names of CLDR and of Windows)."""

from collections import defaultdict
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global

from ingest.reading.called import LANGUAGES, bare
from ingest.reading.errors import NotUnderstood

SHORT = {"北京时间": "Asia/Shanghai", "北京時間": "Asia/Shanghai", "日本時間": "Asia/Tokyo"}
"""What CLDR does not list."""
YEARS = range(2010, 2038)
"""Of which a zone must have one offset to be meant by a name."""


def zone_called(name: str) -> ZoneInfo | None:
    """The zone of a name; None where it is no name of a zone.

    Raises NotUnderstood where the clocks of the zone change, for such a name (`Eastern Standard Time`) means
    the winter time to some and whatever holds to others, or where its places differ.
    """
    places = _places().get(bare(name))
    if places is None:
        return None
    offsets = {offset for place in places for offset in _offsets(place)}
    if len(offsets) > 1:
        shown = min(places)
        raise NotUnderstood(
            f"the zone `{name.strip()}` has no single offset: write it, or a name such as {shown}"
        )
    return ZoneInfo(min(places))


@cache
def _places() -> dict[str, frozenset[str]]:
    """Zones of the tz database by their names."""
    members: dict[str, set[str]] = defaultdict(set)
    for place, group in get_global("meta_zones").items():
        members[group].add(place)
    found: dict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES:
        for group, names in Locale.parse(language).meta_zones.items():
            for kind in ("generic", "standard"):
                if name := names.get("long", {}).get(kind):
                    found[bare(name)] |= members[group]
    for name, place in {**get_global("windows_zone_mapping"), **SHORT}.items():
        found[bare(name)].add(place)
    return {name: frozenset(places) for name, places in found.items() if places}


@cache
def _offsets(place: str) -> frozenset[timedelta | None]:
    zone = ZoneInfo(place)
    days = (datetime(year, month, 1, tzinfo=zone) for year in YEARS for month in (1, 7))
    return frozenset(day.utcoffset() for day in days)
