"""One simulation from start to end: draw the world, write the exports, write the truth elsewhere."""

from dataclasses import asdict, dataclass
from pathlib import Path

from graph.errors import UsageError
from simulate.config import SimulationConfig
from simulate.dirt.doubles import TO_DOUBLE_IN_CRM, TO_DOUBLE_IN_ERP, onto_doubles
from simulate.export.crm import write_crm
from simulate.export.crm_deals import write_crm_deals
from simulate.export.crm_people import write_crm_people
from simulate.export.desk import write_desk
from simulate.export.erp import write_erp
from simulate.export.files import FileWriter
from simulate.export.post import write_post
from simulate.export.span import Span
from simulate.streams import stream
from simulate.truth.write import write_truth
from simulate.world import World, build_world


class FolderInTheWay(UsageError):
    """The folder to write to holds files already, or is none."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} is not an empty folder: name a new one, or empty it first")


@dataclass(frozen=True, slots=True)
class SimulationReport:
    """What was written: rows per file, both folders, the span of days."""

    customers: int
    seed: int
    dirt: float
    relational: bool
    first_day: str
    last_day: str
    exports: str
    truth: str
    rows: dict[str, int]
    total_rows: int
    truth_rows: dict[str, int]

    def as_dict(self) -> dict[str, object]:
        """Plain values for JSON."""
        return asdict(self)


def default_truth(out: Path) -> Path:
    """The folder beside the exports where the truth goes when none is named."""
    return out.with_name(f"{out.name}-truth")


def _require_empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderInTheWay(folder)


def _check_folders(out: Path, truth: Path) -> None:
    if truth == out or out in truth.parents or truth in out.parents:
        raise UsageError(f"the truth may not lie within the exports (nor they in it): {truth}")
    _require_empty(out)
    _require_empty(truth)


def _span(config: SimulationConfig) -> Span | None:
    """The days to export; None for the whole history, whose tables need no looking at dates."""
    whole = config.since is None and config.until is None
    return None if whole else Span(config.shown_from, config.shown_to)


def write_exports(writer: FileWriter, world: World) -> None:
    rng, count = stream(world.config.seed, "bookings"), world.market.count
    deal_record = onto_doubles(world.deals.company, world.doubles.crm, count, TO_DOUBLE_IN_CRM, rng)
    order_record = onto_doubles(world.orders.company, world.doubles.erp, count, TO_DOUBLE_IN_ERP, rng)
    write_crm(writer, world, deal_record)
    write_crm_people(writer, world)
    write_crm_deals(writer, world)
    write_erp(writer, world, order_record)
    write_desk(writer, world)
    write_post(writer, world)


def simulate(config: SimulationConfig, out: Path, truth: Path | None = None) -> SimulationReport:
    """Write the exports of `config` to `out` and the truth to `truth` (default: `<out>-truth` beside it).

    Raises `FolderInTheWay` when either holds files already.
    """
    out = out.absolute()
    truth = (truth or default_truth(out)).absolute()
    _check_folders(out, truth)
    world = build_world(config)
    exports = FileWriter(out, _span(config))
    write_exports(exports, world)
    secret = FileWriter(truth)
    write_truth(secret, world)
    return SimulationReport(
        customers=config.customers,
        seed=config.seed,
        dirt=config.dirt,
        relational=config.relational,
        first_day=str(config.start),
        last_day=str(config.end),
        exports=str(out),
        truth=str(truth),
        rows=exports.rows,
        total_rows=sum(exports.rows.values()),
        truth_rows=secret.rows,
    )
