import type { Check, Failure } from "../check";
import { asksGrafana, whileAskingGrafana, withoutOwnGrafana } from "../grafana";

/** A data source of the configuration. */
interface DataSource {
  readonly uid: string;
  readonly name: string;
  readonly type: string;
  readonly url: string;
}

/** The health of a data source. Only the fields that we read are listed. @see https://grafana.com/docs/grafana/latest/developers/http_api/data_source/#check-data-source-health */
interface Health {
  readonly status?: string;
  readonly message?: string;
}

export const dataSources: Check = {
  id: "data-sources",
  title: "every data source of Grafana is ours and healthy",
  permissions: asksGrafana,
  readsSecrets: true,
  without: withoutOwnGrafana,
  run: (deployment) =>
    whileAskingGrafana(deployment, async (ask) => {
      const expected = deployment.signals.dataSources as readonly DataSource[];
      const failures = await Promise.all(
        expected.map(async ({ uid, name, type, url }): Promise<Failure[]> => {
          const where = `data source ${name}`;
          const { status, body } = await ask<Partial<DataSource>>(`/api/datasources/uid/${uid}`);
          if (status !== 200)
            return [{ where, expected: "exists", found: `Grafana answers ${status}`, runbook: "changed-object" }];
          if (body.url !== url || body.type !== type) {
            return [
              { where, expected: `${type} at ${url}`, found: `${body.type} at ${body.url}`, runbook: "changed-object" },
            ];
          }
          const health = await ask<Health>(`/api/datasources/uid/${uid}/health`);
          // Grafana has no health check for some types, and answers 404.
          if (health.status === 404 || health.body.status === "OK") return [];
          return [
            {
              where,
              expected: "healthy",
              found: health.body.message ?? `Grafana answers ${health.status}`,
              runbook: "PlatformTargetsDown",
            },
          ];
        }),
      );
      return { failures: failures.flat(), extent: `${expected.length} data sources` };
    }),
};
