"""What a derive fits to the data: the measure of ties, and the weights of signs of a superior and of a role.

Each derive keeps its parameters, dated. An answer as of a day uses those that stood on it, else the first.
"""

from dataclasses import asdict, dataclass, field
from datetime import datetime

import orjson

from graph.buying_role.weights import RoleWeights
from graph.reporting_line.superior import Weights
from graph.service import GraphStore
from graph.tie.calibrate import HALF_LIFE_WITHOUT_DATA, SCALE_WITHOUT_DATA
from graph.tie.model import Calibration


@dataclass(frozen=True, slots=True)
class Parameters:
    """The measure of ties, the weights of reporting lines and roles, and the rules that are switched off."""

    calibration: Calibration
    weights: Weights
    off: tuple[str, ...] = ()
    roles: RoleWeights = field(default_factory=RoleWeights)

    def to_json(self) -> str:
        """The parameters as text; `from_json` reads it."""
        return orjson.dumps(
            asdict(self.calibration)
            | {"superior": self.weights.to_rows(), "off": self.off, "roles": self.roles.to_rows()}
        ).decode()


def from_json(text: str) -> Parameters:
    """The parameters of `Parameters.to_json`; a part that is missing is the one without data."""
    values = orjson.loads(text)
    calibration = Calibration(values["half_life_days"], values["scale"], values.get("shape", 1.0))
    rows = values.get("superior")
    weights = Weights() if rows is None else Weights.from_rows(rows)
    roles = values.get("roles")
    role_weights = RoleWeights() if roles is None else RoleWeights.from_rows(roles)
    return Parameters(calibration, weights, tuple(values.get("off", ())), role_weights)


WITHOUT_DATA = Parameters(Calibration(HALF_LIFE_WITHOUT_DATA, SCALE_WITHOUT_DATA), Weights())


async def parameters_as_of(store: GraphStore, moment: datetime) -> Parameters:
    """Those of the last derive up to the moment, else of the first; without data where none has run."""
    rows = await store.read("derive.parameters", as_of=moment.isoformat())
    return from_json(rows[0]["report"]) if rows else WITHOUT_DATA
