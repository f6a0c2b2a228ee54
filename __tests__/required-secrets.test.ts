import { validate } from "../settings/validate";
import { requiredSecrets } from "../subjects/required-secrets";
import { azure } from "./fixtures/azure";
import { bare } from "./fixtures/bare";
import { existing } from "./fixtures/existing";
import { local } from "./fixtures/local";
import { production } from "./fixtures/production";
import { changeSettings } from "./settings/change";

describe("the required Secrets", () => {
  const names = (environment: typeof local) =>
    requiredSecrets(environment).map(({ namespace, name, keys }) => `${namespace}/${name}: ${keys.join(", ")}`);

  test("of production are those of the receivers, Grafana and the ERP's servers", () => {
    expect(names(production)).toEqual([
      "monitoring/alertmanager-receivers: pagerduty-routing-key, slack-api-url, heartbeat-url",
      "grafana/grafana-admin: admin-user, admin-password",
      "grafana/grafana-oidc: client-secret",
      "grafana/grafana-tls: tls.crt, tls.key",
      "erp/erp-postgresql: url",
      "erp/erp-postgresql-exporter: url",
      "erp/erp-redis: url",
      "erp/erp-redis-exporter: url",
      "erp/erp-celery-exporter: url",
      "erp/erp-elasticsearch: url",
      "erp/erp-elasticsearch-exporter: url",
      "erp/erp-tls: tls.crt, tls.key",
    ]);
  });

  test("include those of PostgreSQL and Redis if both run in the cluster", () => {
    expect(names(local)).toEqual([
      "grafana/grafana-admin: admin-user, admin-password",
      "erp/erp-postgresql: url",
      "erp/erp-postgresql-exporter: url",
      "erp/erp-redis: url",
      "erp/erp-redis-exporter: url",
      "erp/erp-celery-exporter: url",
      "erp/erp-identity: jwks.json, signing-key.pem",
      "erp/postgresql: postgres-password, erp-password, exporter-password",
      "erp/redis: users.acl",
    ]);
  });

  test("include the credentials of registries in every namespace with pods", () => {
    const [environment] = validate([changeSettings(bare, { "pods.imagePullSecrets": ["registry"] })]);
    const found = names(environment as typeof bare).filter((one) => one.includes("registry"));
    // Environment `bare` has no Grafana.
    expect(found).toEqual(
      ["monitoring", "logging", "node-agents", "tracing", "erp"].map(
        (namespace) => `${namespace}/registry: .dockerconfigjson`,
      ),
    );
  });

  test("include those that the settings of pods name, with their keys if these are known", () => {
    const found = names(azure).filter((one) => one.startsWith("erp/shop-"));
    expect(found).toEqual(["erp/shop-smtp: password", "erp/shop-keys: ", "erp/shop-ca: ca.crt", "erp/shop-api: "]);
  });

  test("are listed once each, with all of their keys and purposes", () => {
    const key = (name: string) => ({ name: "erp", key: name });
    const [environment] = validate([
      changeSettings(local, {
        "erp.postgresql.secret": key("postgresql"),
        "erp.postgresql.exporterSecret": key("exporter"),
        "erp.redis": { secret: key("redis"), exporterSecret: key("exporter") },
      }),
    ]);
    expect(requiredSecrets(environment as typeof local)).toContainEqual({
      namespace: "erp",
      name: "erp",
      keys: ["postgresql", "exporter", "redis"],
      purpose:
        "the ERP's URL of PostgreSQL, the exporter's URL of PostgreSQL, the ERP's URL of Redis, the exporter's URL of Redis",
    });
  });

  test("include the keys of an existing Sentry Secret and of a remote write", () => {
    const given = { name: "mimir", key: "user" };
    const [environment] = validate([
      changeSettings(production, {
        "erp.sentry": {
          mode: "existing",
          revision: 1,
          tracesSampleRate: 0,
          profilesSampleRate: 0,
          secret: { name: "dsn", key: "dsn" },
        },
        "prometheus.remoteWrite": [
          { url: "https://m.example.com", basicAuth: { username: given, password: { ...given, key: "pass" } } },
        ],
      }),
    ]);
    expect(names(environment as typeof local)).toEqual(
      expect.arrayContaining(["erp/dsn: dsn", "monitoring/mimir: user, pass"]),
    );
  });

  test("include the keys of the receivers of every team", () => {
    expect(names(existing)).toContain(
      "monitoring/receivers: slack, jsm, opsgenie, smtp, pager, teams, bot, chat, chat-token, heartbeat, payments-jsm, payments-pager, payments-token, payments-teams, warehouse-bot, warehouse",
    );
  });

  test("include the public keys of the issuer, and the private key only for the traffic generator", () => {
    expect(names(existing)).toContain("erp/login: jwks");
    expect(names(local)).toContain("erp/erp-identity: jwks.json, signing-key.pem");
    expect(names(bare).filter((name) => /identity|login|jwks|signing/.test(name))).toEqual([]);
  });

  test("do not include a Secret of the receivers if no key of it is used", () => {
    const [environment] = validate([changeSettings(local, { "alertmanager.secret": "alertmanager-receivers" })]);
    expect(names(environment as typeof local).join()).not.toContain("alertmanager-receivers");
  });

  test("do not include a certificate that cert-manager creates for an Ingress", () => {
    const annotations = { "cert-manager.io/cluster-issuer": "letsencrypt" };
    const [environment] = validate([changeSettings(production, { "erp.ingress.annotations": annotations })]);
    expect(names(environment as typeof local)).not.toContain("erp/erp-tls: tls.crt, tls.key");
  });
});
