"""A CRM on loopback whose records can be read and written, as HubSpot's public documentation says."""

from typing import Any

from tests.source.apis import TOKEN, Answer, Request, Serves

Records = dict[str, dict[str, Any]]


def writable(records: Records, written: list[tuple[str, dict[str, Any]]]) -> Serves:
    """`GET` and `PATCH` of /crm/v3/objects/companies/{id}; `written` tells each write that was taken."""

    def serves(request: Request) -> Answer:
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return Answer({"category": "INVALID_AUTHENTICATION"}, 401)
        key = request.path.rpartition("/")[2]
        if key not in records:
            return Answer({"category": "OBJECT_NOT_FOUND"}, 404)
        if request.method == "PATCH":
            new = request.body["properties"]
            if "unknown" in new:
                return Answer({"category": "VALIDATION_ERROR", "message": "no property `unknown`"}, 400)
            records[key] |= new
            written.append((key, new))
        names = request.query.get("properties", [""])[0].split(",")
        told = {
            name: value for name, value in records[key].items() if request.method == "PATCH" or name in names
        }
        return Answer({"id": key, "properties": told})

    return serves
