import { validate } from "../settings/validate";
import { requiredSecrets } from "../subjects/required-secrets";
import { local } from "./fixtures/local";
import { production } from "./fixtures/production";
import { changeSettings } from "./settings/change";

describe("the Secrets that must be there", () => {
  const names = (environment: typeof local) =>
    requiredSecrets(environment).map(({ namespace, name, keys }) => `${namespace}/${name}: ${keys.join(", ")}`);

  test("are those of the receivers, Grafana and the ERP's servers in production", () => {
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

  test("are also those of PostgreSQL and Redis where they run beside the ERP", () => {
    expect(names(local)).toEqual([
      "grafana/grafana-admin: admin-user, admin-password",
      "erp/erp-postgresql: url",
      "erp/erp-postgresql-exporter: url",
      "erp/erp-redis: url",
      "erp/erp-redis-exporter: url",
      "erp/erp-celery-exporter: url",
      "erp/postgresql: postgres-password, erp-password, exporter-password",
      "erp/redis: users.acl",
    ]);
  });

  test("are each named once, with all of their keys and purposes", () => {
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

  test("include what an existing Sentry Secret and a remote write need", () => {
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

  test("leave out a Secret of the receivers of which no key is read", () => {
    const [environment] = validate([changeSettings(local, { "alertmanager.secret": "alertmanager-receivers" })]);
    expect(names(environment as typeof local).join()).not.toContain("alertmanager-receivers");
  });

  test("leave out a certificate that cert-manager makes once its Ingress is there", () => {
    const annotations = { "cert-manager.io/cluster-issuer": "letsencrypt" };
    const [environment] = validate([changeSettings(production, { "erp.ingress.annotations": annotations })]);
    expect(names(environment as typeof local)).not.toContain("erp/erp-tls: tls.crt, tls.key");
  });
});
