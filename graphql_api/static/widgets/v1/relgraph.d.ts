/** relgraph widgets, version 1. Attributes are named in docs/widgets.md. */

export type RelgraphDismissal = "has_it" | "not_needed" | "unsuitable" | "too_expensive" | "not_now" | "other";

export interface RelgraphBeacon {
  servedId: string;
  event: "shown" | "clicked" | "accepted" | "dismissed";
  /** One showing; the same beacon of the same view counts once. */
  view: string;
  reason?: RelgraphDismissal;
}

export interface RelgraphRecommendationsData {
  account?: string;
  /** What the items rest on. */
  basis: "model" | "bought_together" | "popular" | "none";
  items: {
    servedId: string;
    product: {
      id: string; name: string; family?: string; price?: number; currency?: string; url?: string; image?: string;
    };
    reason: { kind: "model" | "bought_together" | "popular"; text?: string; customers?: number; beside?: string };
  }[];
}

export interface RelgraphDecisionChainData {
  account: { id: string };
  opportunity?: { name?: string; stage?: string };
  members: {
    id: string; name?: string; title?: string; role?: string; stance?: number; influence?: number; left?: true;
    knownBy?: { name?: string; strength: number };
  }[];
  links: { from: string; to: string; kind: "REPORTS_TO" | "INFLUENCES" | "CONFLICTS_WITH"; basis: string }[];
  gaps: { kind: string; severity: "critical" | "warning" | "info"; message: string; contact?: string }[];
}

/** What the role of the minting token does not see is left out. */
export interface RelgraphAccountData {
  account: { id: string; name: string };
  health?: { score: number; trend: string };
  risk?: { band: "high" | "medium" | "low"; probability: number };
  tags?: { id: string; name: string; nameZh?: string }[];
  alerts?: {
    id: string; severity: "critical" | "warning" | "info"; title: string; message: string; since: string;
  }[];
}

export interface RelgraphElement extends HTMLElement {
  /** A widget token; account and chain need one minted with `inside`. As a property it does not stand in the document. */
  token: string | null;
  /** Asked for a token where there is none, and again when it has expired. */
  getToken: (() => Promise<string>) | null;
  /** Ask again. */
  reload(): void;
}

export interface RelgraphRecommendationsElement extends RelgraphElement {
  /** Say what came of an item that the page shows by itself. */
  feedback(servedId: string, event: RelgraphBeacon["event"], reason?: RelgraphDismissal): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "relgraph-recommendations": RelgraphRecommendationsElement;
    "relgraph-decision-chain": RelgraphElement;
    "relgraph-account": RelgraphElement;
  }
  interface HTMLElementEventMap {
    "relgraph-loaded": CustomEvent<RelgraphRecommendationsData | RelgraphDecisionChainData | RelgraphAccountData>;
    "relgraph-error": CustomEvent<{ status: number; message: string }>;
    "relgraph-feedback": CustomEvent<RelgraphBeacon>;
  }
}
