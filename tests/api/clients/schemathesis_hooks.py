"""What schemathesis holds against an answer; its own check calls every error a defect."""

from typing import Any

import schemathesis


@schemathesis.check
def no_defect(
    context: schemathesis.CheckContext, response: schemathesis.Response, case: schemathesis.Case[Any]
) -> None:
    """A drawn id that nobody has is refused; nothing else goes wrong."""
    del context, case
    assert response.status_code < 500, response.text
    body = response.json()
    codes = {error["extensions"]["code"] for error in body.get("errors", ())}
    assert "data" in body or codes, response.text
    assert "INTERNAL" not in codes, response.text
