"""The identity a token stands for."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

TokenRole = Literal["reader", "editor", "admin"]
"""`reader` reads, `editor` also asserts facts, `admin` also sees `/metrics`."""

ROLES: tuple[TokenRole, ...] = ("reader", "editor", "admin")


class Identity(BaseModel):
    """One issued token without its secret; `employee_id` is None for a service."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    token_id: str
    employee_id: str | None
    role: TokenRole
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None

    @property
    def may_assert(self) -> bool:
        """Whether this identity may state facts."""
        return self.role in ("editor", "admin")
