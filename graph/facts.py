"""The identity of a fact."""

import hashlib
from datetime import datetime

from graph.moment import in_utc


def fact_id(
    kind: str, start_id: str, end_id: str, source: str, source_key: str, valid_from: datetime | str
) -> str:
    """32 hexadecimal digits that are equal exactly where all six parts are (SHA-256, cut to 128 bits).

    The parts are length-prefixed, so that no two different facts run into the same text; `valid_from`
    counts as an instant (naive means UTC), however it is written. Raises ValueError
    for text that is not ISO 8601.
    """
    moment = datetime.fromisoformat(valid_from) if isinstance(valid_from, str) else valid_from
    parts = (kind, start_id, end_id, source, source_key, in_utc(moment).isoformat())
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:32]
