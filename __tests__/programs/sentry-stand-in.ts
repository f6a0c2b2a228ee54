import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

// biome-ignore lint/suspicious/noExplicitAny: the bodies of Sentry's API
type Json = any;

/** A secret that Sentry generates for each project, and returns with it. */
const securityToken = "canary-of-the-project";

/** The key of the DSN that Sentry generates for each project. No answer that the stack needs contains it. */
const key = "canary0dsn0canary0dsn0canary0dsn";

/** Values of the stand-in that no plan and no state may contain. */
export const canaries: readonly string[] = [securityToken, key];

/**
 * A stand-in of Sentry's API, written from its reference: it keeps what requests create, and answers in the documented form. It
 * evaluates no alert and runs no monitor.
 * @see https://docs.sentry.io/api/
 */
export class SentryStandIn {
  /** Requests that change something, such as `POST organizations/shop/workflows/`, with their bodies. */
  readonly changes: { readonly request: string; readonly body: Json }[] = [];
  private readonly kept = new Map<string, Json>();
  private readonly server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const [path = "", query = ""] = (request.url ?? "").replace("/api/0/", "").split("?");
      const authorized = request.headers.authorization === `Bearer ${this.token}`;
      const [status, answer] = authorized
        ? this.answer(request.method ?? "", path, new URLSearchParams(query), body)
        : [401, { detail: "Invalid token" }];
      response.writeHead(status, { "Content-Type": "application/json" });
      response.end(status === 204 ? undefined : JSON.stringify(answer));
    });
  });
  private number = 1000;

  constructor(private readonly token: string) {}

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** What exists, by its path in the API. */
  get paths(): readonly string[] {
    return [...this.kept.keys()].sort();
  }

  private answer(method: string, path: string, query: URLSearchParams, body: Json): readonly [number, Json] {
    if (method !== "GET") this.changes.push({ request: `${method} ${path}`, body });
    const known = this.routes.find(([verb, pattern]) => verb === method && pattern.test(path));
    const groups = known?.[1].exec(path)?.slice(1) ?? [];
    return known?.[2](groups, body, query) ?? [404, { detail: `The stand-in has no ${method} ${path}` }];
  }

  private readonly routes: readonly (readonly [
    method: string,
    path: RegExp,
    answer: (groups: readonly string[], body: Json, query: URLSearchParams) => readonly [number, Json],
  ])[] = [
    ["GET", /^internal\/health\/$/, () => [200, {}]],
    ["GET", /^teams\/shop\/erp\/$/, () => [200, team]],
    [
      "GET",
      /^organizations\/shop\/integrations\/$/,
      (_, __, query) => [200, [integration(query.get("provider_key") ?? query.get("providerKey") ?? "")]],
    ],
    ["POST", /^teams\/shop\/erp\/projects\/$/, (_, body) => this.createProject(body)],
    ["GET", /^projects\/shop\/([^/]+)\/$/, ([slug]) => this.found(`projects/${slug}`)],
    ["PUT", /^projects\/shop\/([^/]+)\/$/, ([slug], body) => this.changed(`projects/${slug}`, body)],
    [
      "DELETE",
      /^projects\/shop\/([^/]+)\/$/,
      ([slug]) => {
        this.kept.clear();
        return [204, { slug }];
      },
    ],
    ["GET", /^projects\/shop\/[^/]+\/ownership\/$/, () => [200, this.kept.get("ownership") ?? {}]],
    [
      "PUT",
      /^projects\/shop\/[^/]+\/ownership\/$/,
      (_, body) => {
        this.kept.set("ownership", body);
        return [200, body];
      },
    ],
    ["GET", /^projects\/shop\/[^/]+\/filters\/$/, () => [200, this.of("filters").map(([, filter]) => filter)]],
    [
      "PUT",
      /^projects\/shop\/[^/]+\/filters\/([^/]+)\/$/,
      ([id], { active }) => {
        this.kept.set(`filters/${id}`, { id, active });
        return [204, {}];
      },
    ],
    [
      "GET",
      /^organizations\/shop\/detectors\/$/,
      () => [200, this.of("detectors").flatMap(([, one]) => (one.type === "error" ? [one] : []))],
    ],
    [
      "POST",
      /^organizations\/shop\/projects\/[^/]+\/detectors\/$/,
      (_, body) => this.created("detectors", detector(body)),
    ],
    ["GET", /^organizations\/shop\/(detectors|workflows)\/(\d+)\/$/, ([kind, id]) => this.found(`${kind}/${id}`)],
    ["POST", /^organizations\/shop\/workflows\/$/, (_, body) => this.created("workflows", workflow(body))],
    [
      "PUT",
      /^organizations\/shop\/(detectors|workflows)\/(\d+)\/$/,
      ([kind, id], body) => this.changed(`${kind}/${id}`, kind === "workflows" ? workflow(body) : detector(body)),
    ],
    [
      "DELETE",
      /^organizations\/shop\/(detectors|workflows)\/(\d+)\/$/,
      ([kind, id]) => {
        this.kept.delete(`${kind}/${id}`);
        return [204, {}];
      },
    ],
    ["POST", /^organizations\/shop\/releases\/$/, (_, body) => [201, body]],
    ["POST", /^organizations\/shop\/releases\/[^/]+\/deploys\/$/, (_, body) => [201, body]],
  ];

  private createProject(body: Json): readonly [number, Json] {
    this.created("detectors", { ...detector({ name: "Error Monitor", dataSources: [] }), type: "error" });
    this.kept.set(`projects/${body.slug}`, { ...project, ...body, id: "77" });
    return [201, this.kept.get(`projects/${body.slug}`)];
  }

  private of(kind: string): [string, Json][] {
    return [...this.kept].filter(([path]) => path.startsWith(`${kind}/`));
  }

  private found(path: string): readonly [number, Json] {
    const found = this.kept.get(path);
    return found ? [200, found] : [404, { detail: "The requested resource does not exist" }];
  }

  private created(kind: string, body: Json): readonly [number, Json] {
    this.number += 1;
    const made = { ...body, id: String(this.number) };
    this.kept.set(`${kind}/${made.id}`, made);
    return [201, made];
  }

  private changed(path: string, body: Json): readonly [number, Json] {
    const known = this.kept.get(path);
    if (!known) return this.found(path);
    this.kept.set(path, { ...known, ...body, id: known.id });
    return [200, this.kept.get(path)];
  }
}

const team = { id: "42", slug: "erp", name: "ERP", hasAccess: true, isPending: false, isMember: false };
const organization = { id: "1", slug: "shop", name: "Shop", orgRoleList: [], teamRoleList: [] };
const project = {
  organization,
  platform: null,
  dateCreated: "2026-01-01T00:00:00Z",
  teams: [team],
  features: [],
  options: { "filters:blacklisted_ips": "", "filters:releases": "", "filters:error_messages": "" },
  color: "#000000",
  isPublic: false,
  digestsMinDelay: 300,
  digestsMaxDelay: 1800,
  resolveAge: 0,
  fingerprintingRules: "",
  groupingEnhancements: "",
  allowedDomains: ["*"],
  scrapeJavaScript: true,
  securityToken,
  securityTokenHeader: "X-Sentry-Token",
  verifySSL: false,
  subjectTemplate: "$shortID - $title",
  highlightTags: ["release", "environment"],
  keys: [{ id: key, dsn: { public: `https://${key}@o1.ingest.sentry.io/77` } }],
};

function integration(provider: string): Json {
  return {
    id: provider === "slack" ? "501" : "502",
    name: "Shop",
    icon: null,
    domainName: null,
    accountType: null,
    scopes: null,
    status: "active",
    provider: {
      key: provider,
      slug: provider,
      name: provider,
      canAdd: true,
      canDisable: false,
      features: [],
      aspects: {},
    },
    configOrganization: [],
    configData: {},
    organizationId: 1,
    organizationIntegrationStatus: "active",
    gracePeriodEnd: null,
  };
}

/** A monitor, which Sentry's API names a detector. */
function detector(body: Json): Json {
  const { dataSources = [], owner } = body;
  const [, number] = /^team:(\d+)$/.exec(owner ?? "") ?? [];
  return {
    projectId: "77",
    enabled: body.enabled ?? true,
    name: body.name,
    type: body.type,
    description: body.description ?? null,
    owner: number ? { type: "team", id: number, name: "ERP" } : null,
    dataSources: dataSources.map((source: Json) =>
      "url" in source
        ? { type: "uptime_subscription", queryObj: { ...source, traceSampling: false } }
        : { type: "cron_monitor", queryObj: source },
    ),
    conditionGroup: null,
    config: body.config ?? {},
    dateCreated: "2026-01-01T00:00:00Z",
    dateUpdated: "2026-01-01T00:00:00Z",
  };
}

/**
 * An alert, which Sentry's API names a workflow. Its parts have ascending numbers, and Sentry looks the ID of a Slack channel up
 * by its name.
 */
function workflow(body: Json): Json {
  let number = 0;
  const numbered = (one: Json) => {
    number += 1;
    return { ...one, id: String(number) };
  };
  return {
    ...body,
    triggers: { ...body.triggers, conditions: (body.triggers?.conditions ?? []).map(numbered) },
    actionFilters: body.actionFilters.map((filter: Json) => ({
      ...filter,
      conditions: (filter.conditions ?? []).map(numbered),
      actions: filter.actions.map((action: Json) =>
        action.type === "slack"
          ? numbered({ ...action, config: { ...action.config, targetIdentifier: "C024BE91L" } })
          : numbered(action),
      ),
    })),
  };
}

async function bodyOf(request: IncomingMessage): Promise<Json> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  return text === "" ? {} : JSON.parse(text);
}
