"""What can be asked about a customer, of which kind it is, and where the graph and the history have it."""

from dataclasses import dataclass
from types import MappingProxyType

from graph.customer_filter.condition import Kind, Operator
from graph.customer_filter.figure import FIGURES

_NUMBERS: tuple[Operator, ...] = ("is", "is_not", "above", "at_least", "below", "at_most")
OPERATORS_OF: dict[Kind, tuple[Operator, ...]] = {
    "text": ("is", "is_not", "contains", "starts_with", "known"),
    "texts": ("is", "is_not", "has_all", "known"),
    "number": (*_NUMBERS, "known"),
    "count": _NUMBERS,
    "money": ("above", "at_least", "below", "at_most"),
    "day": ("before", "since", "known"),
    "days_since": (*_NUMBERS, "known"),
    "days_until": (*_NUMBERS, "known"),
    "attribute": (*_NUMBERS, "known"),
    "own": (*_NUMBERS, "contains", "starts_with", "before", "since", "known"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field by its name; `column` is that of the table `customer_profile` of a history.

    cypher: its value in a statement that has the customer as `c`, its Profile as `f` and the moment as `t`;
    of a list the macro that collects it.
    """

    name: str
    kind: Kind
    column: str
    cypher: str
    title: str
    title_zh: str
    dated: bool = False
    """Whether a past day has it, too; own values and figures of the last derive are those of today."""


def _own(name: str, kind: Kind, title: str, title_zh: str, column: str | None = None) -> Field:
    """A value of the customer itself."""
    return Field(name, kind, column or name, f"c.{column or name}", title, title_zh)


def _derived(name: str, kind: Kind, title: str, title_zh: str, column: str | None = None) -> Field:
    """A value of its profile, as the last derive left it."""
    return Field(name, kind, column or name, f"f.{column or name}", title, title_zh)


def _listed(name: str, column: str, title: str, title_zh: str, *, dated: bool = True) -> Field:
    """Other records that it is connected with, collected when they are asked for."""
    return Field(name, "texts", column, column, title, title_zh, dated)


_ALL = (
    _own("name", "text", "name of the company", "公司名称"),
    _own("country", "text", "country", "国家"),
    _own("region", "text", "region", "地区"),
    _own("city", "text", "city", "城市"),
    _own("industry", "text", "industry", "行业"),
    _own("employees", "number", "number of employees", "员工人数"),
    _own("revenue", "number", "revenue, in the customer's currency", "年营业额(客户币种)"),
    _own("lifecycle_stage", "text", "stage as the source says it", "来源系统中的阶段"),
    _own("customer_for_days", "days_since", "days since it was created", "建档天数", "created_at"),
    Field("attribute", "attribute", "attributes", "c", "custom attribute", "自定义属性"),
    _listed("owner", "owners", "id of who is responsible for it", "负责人编号"),
    _listed("team", "teams", "team of who is responsible for it", "负责团队", dated=False),
    _listed("tag", "tags", "tag it carries", "标签"),
    _listed("segment", "segments", "segment it belongs to", "客群"),
    _listed("churn_band", "churn_bands", "churn band: high, medium or low", "流失风险等级"),
    _derived("lifecycle", "text", "potential, active, dormant or lost", "生命周期"),
    _derived("silent_days", "days_since", "days without any interaction", "未联系天数", "last_contact_at"),
    _derived("contacts", "number", "people known who work there", "联系人数"),
    _derived("channel", "text", "channel that its people use most", "偏好渠道"),
    _derived("days_since_first_order", "days_since", "days since the first order", "首单至今天数",
             "first_order_at"),
    _derived("days_since_order", "days_since", "days since the last order", "末单至今天数", "last_order_at"),
    _derived("orders_365", "number", "orders within 365 days", "近365天订单数"),
    _derived("value_365", "money", "net value of orders within 365 days, per currency", "近365天订单净额",
             "value"),
    _derived("value_change", "number", "growth of that value against the 365 days before, in percent",
             "订单净额同比(%)"),
    _derived("families_365", "texts", "product families bought within 365 days", "近365天购买的产品族"),
    _derived("rhythm_days", "number", "usual days between order days", "通常下单间隔天数"),
    _derived("days_past_due", "days_since", "days since an order was to be expected", "预计下单日已过天数",
             "due_on"),
    _derived("recency", "number", "RFM recency, 1 to 5", "RFM 近度(1–5)"),
    _derived("frequency", "number", "RFM frequency, 1 to 5", "RFM 频度(1–5)"),
    _derived("monetary", "number", "RFM monetary value, 1 to 5", "RFM 金额(1–5)"),
    _derived("open_deals", "number", "open opportunities", "进行中的商机数"),
    _derived("won_deals", "number", "opportunities won within 730 days", "近730天赢单数"),
    _derived("lost_deals", "number", "opportunities lost within 730 days", "近730天丢单数"),
    _derived("open_tickets", "number", "open tickets", "未结工单数"),
    _derived("tickets_90", "number", "tickets opened within 90 days", "近90天工单数"),
    _derived("overdue_invoices", "number", "unpaid invoices past their due day", "逾期发票数"),
    _derived("renewal_in_days", "days_until", "days until a contract ends", "距合同到期天数", "renewal_at"),
    *(_derived(*figure) for figure in FIGURES),
)  # fmt: skip
FIELDS = MappingProxyType({field.name: field for field in _ALL})
"""Every field by its name."""
