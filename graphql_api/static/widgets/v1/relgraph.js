/* relgraph widgets, version 1: three web components without dependencies.

   <relgraph-recommendations>, <relgraph-decision-chain>, <relgraph-account>

   Works as a classic or as a module script. Builds nodes, never HTML text; styles are constructable
   sheets: a page needs neither 'unsafe-inline' nor 'unsafe-eval'. See relgraph.d.ts and docs/widgets.md. */
(() => {
  "use strict";

  const OWN = document.currentScript?.src ?? document.querySelector('script[src*="/widgets/v1/relgraph.js"]')?.src;
  const API = OWN ? new URL("..", OWN).href : null;

  const WORDS = {
    en: {
      recommendations: "Recommended", chain: "Who decides", account: "Account", loading: "Loading…",
      empty: "Nothing to show yet.", error: "This could not be loaded.", retry: "Try again",
      accept: "Accept", accepted: "Accepted", dismiss: "Dismiss…", dismissed: "Dismissed",
      has_it: "Has it already", not_needed: "Not needed", unsuitable: "Unsuitable",
      too_expensive: "Too expensive", not_now: "Not now", other: "Other reason",
      popular: "Popular with our customers", model: "Suggested for this account",
      bought: (n, beside) => `Bought with ${beside} by ${n} customers`,
      buyers: (n) => `Popular: ${n} customers buy it`,
      health: "Health", risk: "Risk of loss", alerts: "Alerts", tags: "Tags", gaps: "What is missing",
      knownBy: (name) => `known by ${name}`, unknown: "nobody of us knows them", left: "seems to have left",
      trend: { up: "rising", down: "falling", flat: "steady", unknown: "trend unknown" },
      band: { high: "high", medium: "medium", low: "low" },
      severity: { critical: "Critical", warning: "Warning", info: "Note" },
      stance: { "-2": "strongly against", "-1": "against", 0: "neutral", 1: "in favour", 2: "strongly in favour" },
      role: {
        decision_maker: "Decision maker", economic_buyer: "Economic buyer", technical_buyer: "Technical buyer",
        user_buyer: "User", influencer: "Influencer", champion: "Champion", blocker: "Blocker",
        gatekeeper: "Gatekeeper", approver: "Approver", procurement: "Procurement",
      },
    },
    zh: {
      recommendations: "推荐产品", chain: "决策链", account: "客户", loading: "加载中…",
      empty: "暂无内容。", error: "加载失败。", retry: "重试",
      accept: "采纳", accepted: "已采纳", dismiss: "不推荐…", dismissed: "已忽略",
      has_it: "已经有了", not_needed: "不需要", unsuitable: "不合适",
      too_expensive: "太贵", not_now: "暂时不要", other: "其他原因",
      popular: "热门产品", model: "为该客户推荐",
      bought: (n, beside) => `${n} 家客户与“${beside}”一起购买`,
      buyers: (n) => `热门：${n} 家客户购买`,
      health: "健康度", risk: "流失风险", alerts: "提醒", tags: "标签", gaps: "缺口",
      knownBy: (name) => `${name} 认识`, unknown: "我方无人认识", left: "可能已离职",
      trend: { up: "上升", down: "下降", flat: "平稳", unknown: "趋势未知" },
      band: { high: "高", medium: "中", low: "低" },
      severity: { critical: "严重", warning: "警告", info: "提示" },
      stance: { "-2": "强烈反对", "-1": "反对", 0: "中立", 1: "支持", 2: "强烈支持" },
      role: {
        decision_maker: "决策者", economic_buyer: "经济购买者", technical_buyer: "技术购买者",
        user_buyer: "使用者", influencer: "影响者", champion: "支持者", blocker: "阻碍者", gatekeeper: "把关者",
        approver: "审批人", procurement: "采购负责人",
      },
    },
  };

  const REASONS = ["has_it", "not_needed", "unsuitable", "too_expensive", "not_now", "other"];

  const SHEET = new CSSStyleSheet();
  SHEET.replaceSync(`
    :host {
      --_text: var(--relgraph-text, #1b1f24); --_muted: var(--relgraph-muted, #545d68);
      --_surface: var(--relgraph-surface, #ffffff); --_border: var(--relgraph-border, #d0d7de);
      --_accent: var(--relgraph-accent, #0b57d0); --_accent-text: var(--relgraph-accent-text, #ffffff);
      --_critical: var(--relgraph-critical, #b3261e); --_warning: var(--relgraph-warning, #7a4f01);
      --_good: var(--relgraph-good, #1a6b38); --_gap: var(--relgraph-gap, 12px);
      display: block; color: var(--_text); background: var(--_surface);
      border: 1px solid var(--_border); border-radius: var(--relgraph-radius, 10px);
      font: var(--relgraph-font, 14px/1.45 system-ui, "Noto Sans CJK SC", "PingFang SC", sans-serif);
      padding: calc(var(--_gap) * 1.25); box-sizing: border-box;
    }
    :host([hidden]) { display: none; }
    h2 { font-size: 1.1em; margin: 0 0 var(--_gap); overflow-wrap: anywhere; }
    h3 { font-size: 1em; margin: var(--_gap) 0 calc(var(--_gap) / 3); }
    ul, ol { list-style: none; margin: 0; padding: 0; }
    p { margin: 0; }
    .muted { color: var(--_muted); }
    .item { display: grid; grid-template-columns: auto 1fr auto; column-gap: var(--_gap); align-items: center;
      padding: calc(var(--_gap) * .75) 0; border-top: 1px solid var(--_border); }
    .item:first-child { border-top: 0; padding-top: 0; }
    .item > :not(img):first-child { grid-column: 1 / 3; }
    .item img { inline-size: 48px; block-size: 48px; object-fit: contain; }
    .text { min-inline-size: 0; overflow-wrap: anywhere; }
    .name { font-weight: 600; }
    .acts { display: flex; flex-wrap: wrap; gap: 6px; grid-column: 3; }
    a { color: var(--_accent); }
    button, select { font: inherit; color: var(--_accent); background: var(--_surface); padding: 4px 10px;
      border: 1px solid var(--_accent); border-radius: 6px; cursor: pointer; min-block-size: 30px; }
    button.first { color: var(--_accent-text); background: var(--_accent); }
    a:focus-visible, button:focus-visible, select:focus-visible { outline: 3px solid var(--_accent); outline-offset: 2px; }
    .chip { display: inline-block; border: 1px solid currentColor; border-radius: 999px; padding: 0 8px;
      font-size: .88em; margin-inline-end: 4px; white-space: nowrap; }
    .critical, .high { color: var(--_critical); } .warning, .medium { color: var(--_warning); }
    .good, .low { color: var(--_good); } .info { color: var(--_muted); }
    .tree ol { margin-inline-start: 10px; padding-inline-start: 14px; border-inline-start: 2px solid var(--_border); }
    .person { padding: 5px 0; }
    .bar { block-size: 8px; border-radius: 4px; background: var(--_border); overflow: hidden; margin-block: 4px; }
    .bar span { display: block; block-size: 100%; background: var(--_accent); inline-size: var(--_value); }
    .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(120px, 1fr)); gap: var(--_gap); }
    .facts dt { color: var(--_muted); } .facts dd { margin: 0; font-weight: 600; }
    .alert { padding: 4px 0; }
    @media (forced-colors: active) { .bar span { background: CanvasText; } }
  `);

  const FIXTURES = {
    recommendations: {
      account: "demo:1", basis: "model",
      items: [
        { servedId: "r:demo-1", product: { id: "P-1", name: { en: "Seal kit 40", zh: "密封套件 40" }, price: 129, currency: "EUR" },
          reason: { kind: "model", text: { en: "customers with this pump buy it within a year", zh: "有此泵的客户一年内会购买" } } },
        { servedId: "p:P-2", product: { id: "P-2", name: { en: "Hydraulic hose", zh: "液压软管" }, price: 18.5, currency: "EUR" },
          reason: { kind: "bought_together", customers: 42, beside: { en: "Pump 40", zh: "泵 40" } } },
        { servedId: "p:P-3", product: { id: "P-3", name: { en: "Filter cartridge", zh: "滤芯" }, price: 9.9, currency: "EUR" },
          reason: { kind: "popular", customers: 311 } },
      ],
    },
    chain: {
      account: { id: "demo:1" }, opportunity: { name: { en: "Second line", zh: "二期生产线" }, stage: "proposal" },
      members: [
        { id: "1", name: { en: "Li Na", zh: "李娜" }, title: { en: "Chief Executive Officer", zh: "首席执行官" }, role: "decision_maker", stance: 1,
          knownBy: { name: "Bob", strength: 0.61 } },
        { id: "2", name: { en: "Wang Wei", zh: "王伟" }, title: { en: "Head of Purchasing", zh: "采购总监" }, role: "economic_buyer", stance: 0,
          knownBy: { name: "Ann", strength: 0.83 } },
        { id: "3", name: { en: "Zhao Min", zh: "赵敏" }, title: { en: "Production Engineer", zh: "生产工程师" }, role: "champion", stance: 2,
          knownBy: { name: "Ann", strength: 0.42 } },
        { id: "4", name: { en: "Chen Jie", zh: "陈杰" }, title: { en: "Controller", zh: "财务主管" }, role: "blocker", stance: -1 },
      ],
      links: [{ from: "2", to: "1", kind: "REPORTS_TO" }, { from: "3", to: "2", kind: "REPORTS_TO" },
        { from: "4", to: "1", kind: "REPORTS_TO" }],
      gaps: [{ kind: "hostile_uncovered", severity: "warning",
        message: { en: "Nobody of us knows Chen Jie, who is against us.", zh: "陈杰反对我方，而我方无人认识他。" } }],
    },
    account: {
      account: { id: "demo:1", name: "上海宏达机电有限公司" }, health: { score: 64, trend: "down" },
      risk: { band: "high", probability: 0.61 },
      tags: [{ id: "1", name: "key account", nameZh: "重点客户" }, { id: "2", name: "machinery", nameZh: "机械" }],
      alerts: [
        { id: "1", severity: "critical", title: { en: "Decision maker left", zh: "决策者已离职" }, message: { en: "Li Na seems to have left.", zh: "李娜可能已离职。" }, since: "2025-06-20" },
        { id: "2", severity: "warning", title: { en: "Invoice overdue", zh: "发票逾期" }, message: { en: "2 invoices are overdue.", zh: "2 张发票逾期。" }, since: "2025-06-12" },
      ],
    },
  };

  /* A fixture in one language. */
  function said(value, locale) {
    if (Array.isArray(value)) return value.map((one) => said(one, locale));
    if (value === null || typeof value !== "object") return value;
    if ("zh" in value) return value[locale];
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, said(one, locale)]));
  }

  /* A node with children: texts stay texts. */
  function node(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
    }
    made.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return made;
  }

  function slot(name, ...children) {
    return node("slot", { name }, ...children);
  }

  /* Addresses of products come from data: nothing but http(s) is followed. */
  function webAddress(text) {
    try {
      const url = new URL(text, location.href);
      return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
    } catch {
      return null;
    }
  }

  function randomWord() {
    return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  class Refused extends Error {
    constructor(status, message) {
      super(message);
      this.status = status;
    }
  }

  class RelgraphElement extends HTMLElement {
    static observedAttributes = ["account", "token", "token-url", "api", "locale", "preview", "first", "product", "basket"];
    #token = null;
    #loading = null;
    #planned = false;
    getToken = null;

    constructor() {
      super();
      this.attachShadow({ mode: "open" }).adoptedStyleSheets = [SHEET];
    }

    connectedCallback() { this.reload(); }
    disconnectedCallback() { this.#loading?.abort(); }
    attributeChangedCallback() { if (this.isConnected) this.reload(); }

    get token() { return this.#token ?? this.getAttribute("token"); }
    set token(value) { this.#token = value; if (this.isConnected) this.reload(); }

    get locale() {
      const asked = this.getAttribute("locale") ?? this.closest("[lang]")?.lang ?? navigator.language ?? "en";
      return asked.toLowerCase().startsWith("zh") ? "zh" : "en";
    }

    get words() { return WORDS[this.locale]; }
    get previews() { return this.hasAttribute("preview") || new URLSearchParams(location.search).get("preview") === "1"; }

    /* Load once, however many attributes change together. */
    reload() {
      if (this.#planned) return;
      this.#planned = true;
      queueMicrotask(() => { this.#planned = false; this.#load(); });
    }

    async #load() {
      this.#loading?.abort();
      const turn = (this.#loading = new AbortController());
      this.show("loading", node("p", { role: "status", class: "muted" }, slot("loading", this.words.loading)));
      try {
        const data = this.previews ? said(FIXTURES[this.constructor.path], this.locale) : await this.ask(this.address(), { signal: turn.signal });
        if (turn.signal.aborted) return;
        const shown = this.render(data);
        this.show(shown ? "ready" : "empty", shown ?? node("p", { role: "status", class: "muted" }, slot("empty", this.words.empty)), data);
        this.tell("relgraph-loaded", data);
      } catch (error) {
        if (turn.signal.aborted) return;
        const again = node("button", { type: "button" }, this.words.retry);
        again.addEventListener("click", () => this.reload());
        this.show("error", node("div", { role: "alert" }, node("p", {}, slot("error", this.words.error)), again));
        this.tell("relgraph-error", { status: error.status ?? 0, message: error.message });
      }
    }

    show(state, content, data) {
      this.dataset.state = state;
      const title = node("h2", { id: "title" }, this.heading(data));
      const busy = state === "loading" ? "true" : "false";
      this.shadowRoot.replaceChildren(node("section", { "aria-labelledby": "title", "aria-busy": busy }, title, content));
    }

    tell(name, detail) { this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true })); }

    address() {
      const params = new URLSearchParams();
      const account = this.getAttribute("account");
      if (account) params.set("account", account);
      this.ask_for(params);
      return `${this.constructor.path}?${params}`;
    }

    /* An answer of the API; a token that has expired is fetched anew once, where the page says how. */
    async ask(path, options = {}, fresh = false) {
      const base = this.getAttribute("api") ?? API;
      if (!base) throw new Refused(0, "say `api`: the address of the widgets");
      const token = await this.#bearer(fresh);
      const found = await fetch(new URL(path, base), {
        credentials: "omit", referrerPolicy: "strict-origin", cache: "no-cache", ...options,
        headers: { ...(token ? { Authorization: `Bearer ${token}` } : {}), ...options.headers },
      });
      if (found.status === 401 && !fresh && (this.getToken || this.hasAttribute("token-url"))) return this.ask(path, options, true);
      const body = await found.json().catch(() => ({}));
      if (!found.ok) throw new Refused(found.status, body.errors?.[0]?.message ?? `HTTP ${found.status}`);
      return body;
    }

    async #bearer(fresh) {
      if (this.token && !fresh) return this.token;
      if (this.getToken) return (this.#token = await this.getToken());
      const source = this.getAttribute("token-url");
      if (!source) return this.token;
      const found = await fetch(source, { credentials: "same-origin" });
      if (!found.ok) throw new Refused(found.status, "the page's server gave no token");
      return (this.#token = (await found.json()).token);
    }
  }

  class Recommendations extends RelgraphElement {
    static path = "recommendations";
    #view = randomWord();
    #seen = null;
    #queue = [];
    #timer = null;

    heading() { return this.getAttribute("heading") ?? this.words.recommendations; }

    ask_for(params) {
      params.set("first", this.getAttribute("first") ?? "5");
      params.set("locale", this.locale);
      if (this.hasAttribute("product")) params.set("product", this.getAttribute("product"));
      for (const one of (this.getAttribute("basket") ?? "").split(",")) if (one.trim()) params.append("basket", one.trim());
    }

    render(data) {
      this.#seen?.disconnect();
      if (!data.items.length) return null;
      this.#view = randomWord();
      this.#seen = new IntersectionObserver((entries) => entries.forEach((entry) => this.#shown(entry)), { threshold: 0.5 });
      return node("ul", { role: "list" }, data.items.map((item) => this.#item(item)));
    }

    #shown(entry) {
      if (!entry.isIntersecting) return;
      this.#seen.unobserve(entry.target);
      this.feedback(entry.target.dataset.served, "shown");
    }

    #item(item) {
      const { product } = item;
      const url = product.url && webAddress(product.url);
      const name = url ? node("a", { href: url, rel: "noopener", target: "_top" }, product.name) : node("span", {}, product.name);
      if (url) name.addEventListener("click", () => this.feedback(item.servedId, "clicked"));
      const picture = product.image && webAddress(product.image);
      const line = node("li", { class: "item", part: "item" },
        picture ? node("img", { src: picture, alt: "", loading: "lazy" }) : null,
        node("div", { class: "text" }, node("div", { class: "name" }, name), this.#price(product),
          node("p", { class: "muted" }, this.#why(item.reason))),
        this.#acts(item));
      line.dataset.served = item.servedId;
      this.#seen.observe(line);
      return line;
    }

    #price({ price, currency }) {
      if (price === undefined) return null;
      const format = new Intl.NumberFormat(this.locale, currency ? { style: "currency", currency } : {});
      return node("div", {}, format.format(price));
    }

    #why({ kind, text, customers, beside }) {
      if (kind === "bought_together") return this.words.bought(customers, beside);
      return kind === "popular" ? this.words.buyers(customers) : text ?? this.words.model;
    }

    #acts(item) {
      const { words } = this;
      const accept = node("button", { type: "button", class: "first", "aria-label": `${words.accept}: ${item.product.name}` }, words.accept);
      const dismiss = node("select", { "aria-label": `${words.dismiss} ${item.product.name}` },
        node("option", { value: "" }, words.dismiss), REASONS.map((reason) => node("option", { value: reason }, words[reason])));
      const acts = node("div", { class: "acts" }, accept, dismiss);
      const done = (text, ...said) => {
        this.feedback(item.servedId, ...said);
        acts.replaceChildren(node("span", { role: "status", class: "muted", tabindex: "-1" }, text));
        acts.firstChild.focus();
      };
      accept.addEventListener("click", () => done(words.accepted, "accepted"));
      dismiss.addEventListener("change", () => dismiss.value && done(words.dismissed, "dismissed", dismiss.value));
      return acts;
    }

    /* Beacons go together; what is left goes when the page does. */
    feedback(servedId, event, reason) {
      const beacon = { servedId, event, view: this.#view, ...(reason ? { reason } : {}) };
      this.tell("relgraph-feedback", beacon);
      if (this.previews) return;
      this.#queue.push(beacon);
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#flush(), 400);
    }

    connectedCallback() { super.connectedCallback(); addEventListener("pagehide", this); }
    disconnectedCallback() { super.disconnectedCallback(); removeEventListener("pagehide", this); this.#flush(); }
    handleEvent() { this.#flush(); }

    async #flush() {
      const beacons = this.#queue.splice(0, 50);
      if (!beacons.length) return;
      const account = this.getAttribute("account");
      const body = JSON.stringify({ beacons, ...(account ? { account } : {}) });
      const headers = { "Content-Type": "application/json" };
      try {
        await this.ask("feedback", { method: "POST", body, headers, keepalive: true });
      } catch (error) {
        this.tell("relgraph-error", { status: error.status ?? 0, message: error.message });
      }
    }
  }

  class DecisionChain extends RelgraphElement {
    static path = "chain";

    heading(data) { return this.getAttribute("heading") ?? [this.words.chain, data?.opportunity?.name].filter(Boolean).join(": "); }
    ask_for(params) { params.set("locale", this.locale); }

    render({ members, links, gaps }) {
      if (!members.length && !gaps.length) return null;
      const known = new Map(members.map((one) => [one.id, one]));
      const superior = new Map();
      for (const { from, to, kind } of links) if (kind === "REPORTS_TO" && known.has(from) && known.has(to) && from !== to) superior.set(from, to);
      const drawn = new Set();
      const under = (id) => members.filter((one) => superior.get(one.id) === id);
      const branch = (one) => {
        if (drawn.has(one.id)) return null;
        drawn.add(one.id);
        const below = under(one.id).map(branch).filter(Boolean);
        return node("li", {}, this.#person(one), below.length ? node("ol", { role: "list" }, below) : null);
      };
      const tops = members.filter((one) => !superior.has(one.id)).map(branch);
      const rest = members.map(branch).filter(Boolean); // members of a circle have no top
      return node("div", {}, node("ol", { role: "list", class: "tree" }, tops, rest), this.#gaps(gaps));
    }

    #person(one) {
      const { words } = this;
      const stance = one.stance === undefined ? null : words.stance[one.stance];
      const tone = one.stance > 0 ? "good" : one.stance < 0 ? "critical" : "info";
      return node("div", { class: "person", part: "person" },
        node("span", { class: "name" }, one.name ?? "?"), " ", node("span", { class: "muted" }, one.title ?? ""),
        node("div", {},
          one.role ? node("span", { class: "chip" }, words.role[one.role] ?? one.role) : null,
          stance ? node("span", { class: `chip ${tone}` }, stance) : null,
          one.left ? node("span", { class: "chip critical" }, words.left) : null,
          node("span", { class: "muted" }, one.knownBy ? words.knownBy(one.knownBy.name) : words.unknown)));
    }

    #gaps(gaps) {
      if (!gaps.length) return null;
      return node("div", {}, node("h3", {}, this.words.gaps), node("ul", { role: "list" }, gaps.map((gap) => this.#gap(gap))));
    }

    #gap({ severity, message }) {
      return node("li", { class: "alert" }, node("span", { class: `chip ${severity}` }, this.words.severity[severity] ?? severity), message);
    }
  }

  class Account extends RelgraphElement {
    static path = "account";

    heading(data) { return this.getAttribute("heading") ?? data?.account?.name ?? this.words.account; }
    ask_for(params) { params.set("locale", this.locale); }

    render({ health, risk, tags = [], alerts = [] }) {
      const { words } = this;
      return node("div", {},
        node("dl", { class: "facts" }, health ? this.#health(health) : null, risk ? this.#risk(risk) : null),
        tags.length ? [node("h3", {}, words.tags), node("ul", { role: "list" }, node("li", {}, tags.map((tag) => this.#tag(tag))))] : null,
        alerts.length ? [node("h3", {}, words.alerts), node("ul", { role: "list" }, alerts.map((one) => this.#alert(one)))] : null);
    }

    #health({ score, trend }) {
      const bar = node("div", { class: "bar", role: "meter", "aria-label": this.words.health, "aria-valuemin": 0, "aria-valuemax": 100, "aria-valuenow": score },
        node("span"));
      bar.firstChild.style.setProperty("--_value", `${score}%`);
      return node("div", {}, node("dt", {}, this.words.health), node("dd", {}, `${score} · ${this.words.trend[trend] ?? trend}`), bar);
    }

    #risk({ band, probability }) {
      const share = new Intl.NumberFormat(this.locale, { style: "percent" }).format(probability);
      return node("div", {}, node("dt", {}, this.words.risk), node("dd", { class: band }, `${this.words.band[band] ?? band} · ${share}`));
    }

    #tag({ name, nameZh }) { return node("span", { class: "chip" }, (this.locale === "zh" && nameZh) || name); }

    #alert({ severity, title, message, since }) {
      return node("li", { class: "alert", part: "alert" },
        node("span", { class: `chip ${severity}` }, this.words.severity[severity] ?? severity), node("span", { class: "name" }, title),
        node("p", {}, message, " ", node("time", { class: "muted", datetime: since }, since)));
    }
  }

  for (const [name, kind] of [["relgraph-recommendations", Recommendations], ["relgraph-decision-chain", DecisionChain], ["relgraph-account", Account]]) {
    if (!customElements.get(name)) customElements.define(name, kind);
  }
})();
