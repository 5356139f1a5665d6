"""Figures of a customer's profile by subject: names, kinds and columns (`graph/sql/profile`)."""

from typing import NamedTuple

from graph.customer_filter.condition import Kind


class Figure(NamedTuple):
    """A field that the profile has; its column is its name where nothing else is said."""

    name: str
    kind: Kind
    title: str
    title_zh: str
    column: str | None = None


FIGURES = (
    # How it buys.
    Figure("orders_total", "number", "orders of all time", "历史订单总数"),
    Figure("orders_90", "number", "orders within 90 days", "近90天订单数"),
    Figure("orders_before_90", "number", "orders within the 90 days before those", "此前90天订单数"),
    Figure(
        "orders_before_365", "number", "orders within the 365 days before the last 365", "前一个365天订单数"
    ),
    Figure("months_365", "number", "calendar months with an order within 365 days", "近365天有订单的月份数"),
    Figure(
        "rhythm_spread",
        "number",
        "spread of the days between its order days, in percent of their mean",
        "下单间隔的离散度(占均值%)",
    ),
    Figure(
        "season_ahead",
        "number",
        "percent of the orders of two years that came within the 90 days that now lie ahead",
        "近两年订单中落在未来90天同期的比例(%)",
    ),
    Figure(
        "order_size_change",
        "number",
        "growth of the mean order against the year before, in percent",
        "平均订单金额同比(%)",
    ),
    Figure(
        "largest_share",
        "number",
        "percent of a year's value that its largest order is",
        "最大一单占全年金额比例(%)",
    ),
    Figure(
        "family_share",
        "number",
        "percent of a year's value that its largest product family is",
        "最大产品族占全年金额比例(%)",
    ),
    Figure("products_365", "number", "different products bought within 365 days", "近365天购买的产品数"),
    Figure(
        "families_dropped",
        "texts",
        "product families bought in the year before and not since",
        "前一年购买而近一年未购买的产品族",
    ),
    Figure(
        "families_new",
        "texts",
        "product families bought for the first time within 365 days",
        "近365天首次购买的产品族",
    ),
    Figure("returns_365", "number", "returns within 365 days", "近365天退货单数"),
    Figure("return_share", "number", "percent of a year's value that was returned", "近365天退货金额比例(%)"),
    Figure(
        "discount",
        "number",
        "percent that a year's lines lie below list prices",
        "近365天相对目录价的折扣(%)",
    ),
    Figure(
        "late_share",
        "number",
        "percent of a year's deliveries that came after the agreed day",
        "近365天逾期交付比例(%)",
    ),
    Figure(
        "overdue_deliveries",
        "number",
        "orders whose agreed day of delivery has passed",
        "已过承诺日仍未交付的订单数",
    ),
    # Deals.
    Figure(
        "deal_open_for_days",
        "days_since",
        "days since the oldest open deal was opened",
        "最早未结商机已开启天数",
        "deal_opened_at",
    ),
    Figure(
        "deal_expected_in_days",
        "days_until",
        "days until the next open deal is expected to close",
        "距最近预计成交日天数",
        "deal_expected_at",
    ),
    Figure("deals_past_close", "number", "open deals past their expected close", "已过预计成交日的商机数"),
    Figure("deal_stages", "texts", "stages of open deals", "进行中商机的阶段"),
    Figure("deal_families", "texts", "product families of open deals", "进行中商机涉及的产品族"),
    Figure("days_since_won", "days_since", "days since a deal was won", "距最近赢单天数", "won_at"),
    Figure("days_since_lost", "days_since", "days since a deal was lost", "距最近丢单天数", "lost_at"),
    Figure("lost_reasons", "texts", "why deals were lost within 730 days", "近730天丢单原因"),
    Figure(
        "win_rate", "number", "percent of the deals closed within 730 days that were won", "近730天赢单率(%)"
    ),
    Figure("open_leads", "number", "open leads", "未结线索数"),
    Figure("lead_channels", "texts", "where leads of 365 days came from", "近365天线索来源"),
    # Quotes.
    Figure("days_since_quote", "days_since", "days since the last quote", "距最近报价天数", "quoted_at"),
    Figure("quotes_waiting", "number", "valid quotes of 365 days without an order", "有效且未成单的报价数"),
    Figure(
        "quotes_lapsed", "number", "quotes of 365 days that lapsed without an order", "已过期且未成单的报价数"
    ),
    # Service.
    Figure("tickets_365", "number", "tickets opened within 365 days", "近365天工单数"),
    Figure(
        "tickets_before_90",
        "number",
        "tickets opened within the 90 days before the last 90",
        "此前90天工单数",
    ),
    Figure("ticket_categories", "texts", "categories of the tickets of 365 days", "近365天工单类别"),
    Figure("ticket_kinds", "texts", "kinds of the tickets of 365 days", "近365天工单类型"),
    Figure("ticket_priorities", "texts", "priorities of open tickets", "未结工单优先级"),
    Figure(
        "ticket_families",
        "texts",
        "product families that tickets of 365 days were about",
        "近365天工单涉及的产品族",
    ),
    Figure("breached_365", "number", "tickets of 365 days that broke what was agreed", "近365天超时工单数"),
    Figure(
        "satisfaction",
        "number",
        "mean satisfaction with the closed tickets of 365 days, as the source counts it",
        "近365天工单平均满意度",
    ),
    Figure(
        "resolution_days",
        "number",
        "median days until a ticket was closed, within 365 days",
        "近365天工单解决天数中位数",
    ),
    Figure(
        "days_since_ticket",
        "days_since",
        "days since the last ticket was opened",
        "距最近工单天数",
        "ticket_at",
    ),
    Figure(
        "ticket_open_for_days",
        "days_since",
        "days since the oldest open ticket was opened",
        "最早未结工单已开启天数",
        "ticket_open_since",
    ),
    # Payments and contracts.
    Figure(
        "payment_delay",
        "number",
        "mean days from due to paid, of invoices paid within 365 days",
        "近365天付款平均逾期天数",
    ),
    Figure(
        "payment_delay_change",
        "number",
        "by how many days that has grown against the year before",
        "付款逾期天数同比变化",
    ),
    Figure("open_invoices", "number", "unpaid invoices", "未付发票数"),
    Figure(
        "overdue_for_days",
        "days_since",
        "days since the oldest unpaid invoice was due",
        "最早逾期发票已逾期天数",
        "overdue_since",
    ),
    Figure(
        "next_due_in_days",
        "days_until",
        "days until the next unpaid invoice is due",
        "距下一张发票到期天数",
        "next_due_at",
    ),
    Figure("credit_notes_365", "number", "credit notes within 365 days", "近365天贷项单数"),
    Figure("contracts", "number", "running contracts", "生效合同数"),
    Figure(
        "contract_for_days",
        "days_since",
        "days since the oldest running contract began",
        "最早生效合同已履行天数",
        "contract_since",
    ),
    Figure(
        "days_since_contract_end",
        "days_since",
        "days since a contract ended",
        "距最近合同终止天数",
        "contract_ended_at",
    ),
    Figure("renewal_kinds", "texts", "how running contracts renew: automatic or manual", "续约方式"),
    # Contact with us.
    Figure("talks_90", "number", "talks within 90 days", "近90天沟通次数"),
    Figure("talks_before_90", "number", "talks within the 90 days before those", "此前90天沟通次数"),
    Figure("meetings_90", "number", "meetings and visits within 90 days", "近90天会面次数"),
    Figure("days_since_meeting", "days_since", "days since a meeting or visit", "距最近会面天数", "met_at"),
    Figure(
        "days_since_inbound",
        "days_since",
        "days since they last wrote or called",
        "距客户最近主动联系天数",
        "inbound_at",
    ),
    Figure(
        "unanswered",
        "number",
        "our mails and calls of 90 days since they last wrote or called",
        "近90天未获回应的联系次数",
    ),
    Figure("web_30", "number", "page views within 30 days", "近30天网页浏览次数"),
    Figure("page_types", "texts", "types of the pages viewed within 90 days", "近90天浏览的页面类型"),
    Figure("campaigns_365", "number", "responses to campaigns within 365 days", "近365天活动响应次数"),
    Figure("surveys_365", "number", "surveys answered within 365 days", "近365天问卷次数"),
    Figure("channels_365", "texts", "channels used within 365 days", "近365天使用的渠道"),
    Figure("people_met_365", "number", "their people in talks within 365 days", "近365天参与沟通的对方人数"),
    Figure("staff_met_365", "number", "our people in talks within 365 days", "近365天参与沟通的我方人数"),
    Figure(
        "reply_share",
        "number",
        "percent of our mails and messages of 365 days that they answered within a week",
        "近365天我方邮件与消息一周内获回复的比例(%)",
    ),
    Figure(
        "reply_hours",
        "number",
        "median hours until they answered our mails and messages of 365 days",
        "近365天客户回复耗时中位数(小时)",
    ),
    # People and relations.
    Figure("departments", "texts", "departments of its people", "联系人所在部门"),
    Figure("seniorities", "texts", "seniorities of its people", "联系人职级"),
    Figure("languages", "texts", "languages of its people", "联系人语言"),
    Figure("contacts_new_365", "number", "people who began there within 365 days", "近365天新到任人数"),
    Figure("contacts_left_365", "number", "people who left within 365 days", "近365天离任人数"),
    Figure("bounced_contacts", "number", "people whose mail comes back", "邮件被退回的联系人数"),
    Figure("roles", "texts", "decision roles that are stated there", "已登记的决策角色"),
    Figure("worst_stance", "number", "lowest stance stated there, -2 to 2", "最低立场(−2至2)"),
    Figure("best_stance", "number", "highest stance stated there, -2 to 2", "最高立场(−2至2)"),
    Figure("level", "text", "how close we judge ourselves to it", "当前关系等级"),
    Figure("level_wanted", "text", "how close we want to be", "目标关系等级"),
    # Relations of the company and our work.
    Figure("subsidiaries", "number", "subsidiaries", "子公司数"),
    Figure("parents", "number", "parent companies", "母公司数"),
    Figure("partners", "number", "business partners", "合作伙伴数"),
    Figure("referrals", "number", "customers that it brought in", "其引荐的客户数"),
    Figure("referred_by", "number", "customers that brought it in", "引荐其的客户数"),
    Figure(
        "owner_for_days",
        "days_since",
        "days since its newest owner is responsible",
        "现任负责人已负责天数",
        "owner_since",
    ),
    # Tasks.
    Figure("open_tasks", "number", "open tasks", "未完成任务数"),
    Figure("overdue_tasks", "number", "open tasks past their day", "逾期任务数"),
    # Offers.
    Figure("offers_accepted_365", "number", "offers accepted within 365 days", "近365天接受的推荐数"),
    Figure("offers_dismissed_365", "number", "offers dismissed within 365 days", "近365天拒绝的推荐数"),
)
