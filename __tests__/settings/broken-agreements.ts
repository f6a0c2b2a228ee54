import type { Environment } from "../../settings/environment";
import { azure } from "../fixtures/azure";
import { existing } from "../fixtures/existing";
import { local } from "../fixtures/local";
import { minio } from "../fixtures/minio";
import { production } from "../fixtures/production";
import { staging } from "../fixtures/staging";
import { traced } from "../fixtures/traced";
import { zipkin } from "../fixtures/zipkin";
import type { Change } from "./change";

const keepAlive =
  "must keep an idle connection longer than the Ingress controller does, which is `cluster.ingress.keepAliveSeconds`: otherwise the controller sends requests on connections that the server is closing, and answers 502";
const longer =
  "set `--timeout-keep-alive` (Gunicorn and Hypercorn: `--keep-alive`) some seconds above that time, such as 75 for the default of 60";
const listen = "must listen on port 8000 of the pod's address: the Service, the probes and Prometheus connect to it";
const address = "write `--host 0.0.0.0 --port 8000`, or `--bind 0.0.0.0:8000` for Gunicorn and Hypercorn";
const oneWorker = "must start one worker process: the Python client library of Prometheus loses series with several";
const morePods = "set one worker, and run more pods with `erp.api.scale`";
const gunicorn = (...options: readonly string[]) => ["gunicorn", ...options, "app.main:app"];
const worker = (...options: readonly string[]) => ["celery", "--app", "app.worker", "worker", ...options];
/** A list as a fault prints it. */
const printed = (list: readonly string[]) => {
  const text = `[${list.map((one) => JSON.stringify(one)).join(", ")}]`;
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
};
/** Overlapping times of the working days, and all of the weekend. */
const workAndLeisure = [
  {
    name: "work",
    weekdays: ["monday", "tuesday", "wednesday", "thursday", "friday"],
    times: [
      { start: "12:00", end: "24:00" },
      { start: "00:00", end: "13:00" },
    ],
    location: "Europe/Berlin",
  },
  { name: "leisure", weekdays: ["saturday", "sunday"], location: "Europe/Berlin" },
];
const oneNode = "a single pod is down whenever its node is";

const withoutSentryTraces = { mode: "managed", revision: 1, tracesSampleRate: 0, profilesSampleRate: 0 };
const server = { type: "opensearch", url: "https://opensearch.example.com", retention: "7d" };
const existingStore = existing.tracing;

const pager = { pagerduty: { credentialKey: "payments-routing-key" } };
const chat = { slack: { channel: "#payments", apiUrlKey: "slack-api-url" } };

/** Values that contradict each other or their tier, with the reported faults. */
export const brokenAgreements: readonly (readonly [
  what: string,
  environment: Environment,
  change: Change,
  expected: string,
])[] = [
  [
    "a team without a chat in production",
    production,
    { teams: { payments: { pager } } },
    "teams.payments.chat: is required outside tier `local`: warnings must reach the team\n    add a receiver, such as { slack: { channel: …, apiUrlKey: … } }",
  ],
  [
    "a team without a chat in staging",
    staging,
    { teams: { payments: { namespaces: ["payments"] } } },
    "teams.payments.chat: is required outside tier `local`: warnings must reach the team\n    add a receiver, such as { slack: { channel: …, apiUrlKey: … } }",
  ],
  [
    "a team that is paged in staging",
    staging,
    { teams: { payments: { pager, chat } } },
    'teams.payments.pager: must not be set in tier `staging`, which must not page, got { pagerduty: { credentialKey: "payments-routing-key" } }\n    remove it: critical alerts then go to `chat`',
  ],
  [
    "a namespace of the stacks in a team",
    production,
    { teams: { payments: { chat, namespaces: ["payments", "erp"] } } },
    'teams.payments.namespaces: must not contain a namespace that the stacks create (`monitoring`, `grafana`, `logging`, `node-agents`, `erp`): their workloads belong to the platform, got ["payments", "erp"]\n    remove it. `services` gives the alerts about the ERP and its servers to a team',
  ],
  [
    "one namespace of two teams",
    production,
    { teams: { payments: { chat, namespaces: ["shop"] }, orders: { chat, namespaces: ["orders", "shop"] } } },
    'teams.orders.namespaces: must not contain a namespace of another team: each namespace belongs to one team, got ["orders", "shop"]\n    leave it with the team that is notified of its alerts',
  ],
  [
    "one service of two teams",
    production,
    { teams: { payments: { chat, services: ["redis"] }, orders: { chat, services: ["redis", "loki"] } } },
    'teams.orders.services: must not contain a service of another team: each service belongs to one team, got ["redis", "loki"]\n    leave it with the team that is notified of its alerts',
  ],
  [
    "a namespace of a team whose logs are always collected",
    production,
    { teams: { payments: { chat, namespaces: ["payments"] } }, "logAgent.namespaces": ["shop", "payments"] },
    'logAgent.namespaces: must not contain a namespace of a team, because the logs of these namespaces are always collected, got ["shop", "payments"]\n    remove the namespaces that `teams` contains',
  ],
  [
    "one key for a webhook of a team and for the heartbeat",
    production,
    { teams: { payments: { chat: { webhook: { urlKey: "heartbeat-url" } } } } },
    'teams.payments: must not use one key of `alertmanager.secret` for two kinds of receivers: a key has one value, such as the URL of a webhook or a password, got { chat: { webhook: { urlKey: "heartbeat-url" } } }\n    use a key of its own for each kind of receiver and for the heartbeat',
  ],
  [
    "warnings of a team to the service that pages the platform",
    production,
    { teams: { payments: { chat: { pagerduty: { credentialKey: "pagerduty-routing-key" } } } } },
    'teams.payments.chat: must not use the key of a `pager` for an on-call service: warnings would page, got { pagerduty: { credentialKey: "pagerduty-routing-key" } }\n    use the key of a service or integration with low urgency, or another kind of receiver',
  ],
  [
    "warnings of a team to its own pager in Jira Service Management",
    production,
    {
      teams: {
        payments: {
          pager: { jiraServiceManagement: { credentialKey: "payments-jsm" } },
          chat: { jiraServiceManagement: { credentialKey: "payments-jsm" } },
        },
      },
    },
    'teams.payments.chat: must not use the key of a `pager` for an on-call service: warnings would page, got { jiraServiceManagement: { credentialKey: "payments-jsm" } }\n    use the key of a service or integration with low urgency, or another kind of receiver',
  ],
  [
    "traces of Sentry while the ERP makes traces itself",
    existing,
    { "erp.sentry.tracesSampleRate": 0.1 },
    "erp.sentry.tracesSampleRate: must be 0 while `tracing` has a store: the ERP would measure each request twice, got 0.1\n    use 0: Sentry still receives errors, with the ids of their traces. Or set `tracing.store` to `off`",
  ],
  [
    "Badger outside a laptop",
    staging,
    { tracing: traced.tracing, "erp.sentry": withoutSentryTraces },
    'tracing.storage.type: must not be `badger` outside tier `local`: it has one replica, whose volume nobody backs up, got "badger"\n    use `elasticsearch` or `opensearch` with the address of a server',
  ],
  [
    "traces in memory outside a laptop",
    staging,
    { tracing: zipkin.tracing, "erp.sentry": withoutSentryTraces },
    'tracing.storage.type: must not be `memory` outside tier `local`: a restart loses all traces, got "memory"\n    use `elasticsearch` or `opensearch` with the address of a server',
  ],
  [
    "traces that are sent to a server without TLS in production",
    minio,
    { "tracing.storage": { ...server, url: "http://opensearch.example.com:9200" } },
    'tracing.storage.url: must begin with https:// in tier `production`: traces contain data of users, and requests contain credentials, got "http://opensearch.example.com:9200"\n    write the address with https://, and set `tracing.storage.ca` if its authority is your own',
  ],
  [
    "traces that are sent to an existing store without TLS in production",
    azure,
    { "tracing.endpoint": "http://tempo.example.com:4318" },
    'tracing.endpoint: must begin with https:// in tier `production`: traces contain data of users, and headers contain credentials, got "http://tempo.example.com:4318"\n    write the address with https://, and set `tracing.ca` if its authority is your own',
  ],
  [
    "a Tempo without TLS in production",
    existing,
    { "tracing.query.url": "http://tempo.example.com" },
    'tracing.query.url: must begin with https:// in tier `production`: traces contain data of users, got "http://tempo.example.com"\n    write the address with https://',
  ],
  [
    "an existing store that is our own collector",
    traced,
    {
      tracing: {
        ...existingStore,
        endpoint: "http://otel-collector.tracing.svc:4318",
        headers: undefined,
        ca: undefined,
      },
    },
    'tracing.endpoint: must not be an address of this environment: its programs would send the traces in a circle, or refuse them, got "http://otel-collector.tracing.svc:4318"\n    write the address of the store, or set `tracing.store` to `jaeger` or `zipkin`',
  ],
  [
    "two links to the trace of a log line",
    traced,
    { "grafana.tracingUrl": "https://jaeger.example.com/trace" },
    'grafana.tracingUrl: must not be set while Grafana has a data source of traces: a log line would have two links to its trace, got "https://jaeger.example.com/trace"\n    remove it: log lines link to the traces of `tracing`',
  ],
  [
    "a team in the namespace of the traces",
    traced,
    { teams: { payments: { namespaces: ["tracing"] } } },
    'teams.payments.namespaces: must not contain a namespace that the stacks create (`monitoring`, `grafana`, `logging`, `node-agents`, `tracing`, `erp`): their workloads belong to the platform, got ["tracing"]\n    remove it. `services` gives the alerts about the ERP and its servers to a team',
  ],
  [
    "one key for the address and the token of a webhook",
    production,
    { "alertmanager.receivers.chat": { webhook: { urlKey: "hook", bearerTokenKey: "hook" } } },
    'alertmanager.receivers: must not use one key of `alertmanager.secret` for two kinds of receivers: a key has one value, such as the URL of a webhook or a password, got { pager: { pagerduty: { credentialKey: "pagerduty-routing-key" } }, chat: { webhook: { urlKey: ***, …\n    use a key of its own for each kind of receiver and for the heartbeat',
  ],
  [
    "warnings to the service that pages a team",
    production,
    {
      teams: { payments: { pager, chat } },
      "alertmanager.receivers.chat": { pagerduty: { credentialKey: "payments-routing-key" } },
    },
    'alertmanager.receivers.chat: must not use the key of a team\'s `pager` for an on-call service: warnings would page this team, got { pagerduty: { credentialKey: "payments-routing-key" } }\n    use the key of a service or integration with low urgency, or another kind of receiver',
  ],
  [
    "receivers of a team without a Secret",
    local,
    { teams: { payments: { chat } } },
    "alertmanager.secret: is required: receivers refer to keys, and this Secret contains them\n    set the name of an existing Secret in the namespace `monitoring`, such as `alertmanager-receivers`",
  ],
  [
    "one Prometheus in production",
    production,
    { "prometheus.replicas": 1 },
    "prometheus.replicas: must be at least 2 in tier `production`: while a single replica moves to another node, nothing is measured, got 1\n    use 2",
  ],
  [
    "samples without a volume in production",
    production,
    { "prometheus.storage": undefined },
    "prometheus.storage: is required in tier `production`: without it samples are lost when a pod ends\n    set the size of a volume, such as `100Gi`",
  ],
  [
    "one Alertmanager in production",
    production,
    { "alertmanager.replicas": 1 },
    "alertmanager.replicas: must be at least 2 in tier `production`: while a single replica moves to another node, nobody is notified, got 1\n    use 3",
  ],
  [
    "silences without a volume in production",
    production,
    { "alertmanager.storage": undefined },
    "alertmanager.storage: is required in tier `production`: without it silences are lost when the pods end\n    set the size of a volume, such as `1Gi`",
  ],
  [
    "no URL of Alertmanager in production",
    production,
    { "alertmanager.externalUrl": undefined },
    "alertmanager.externalUrl: is required in tier `production`: notifications link to it\n    set the address at which people open it, such as `https://alertmanager.example.com`",
  ],
  [
    "no pager in production",
    production,
    { "alertmanager.receivers.pager": undefined },
    "alertmanager.receivers.pager: is required in tier `production`: critical alerts must page somebody\n    add a receiver, such as { pagerduty: { credentialKey: … } }",
  ],
  [
    "no chat receiver in production",
    production,
    { "alertmanager.receivers.chat": undefined },
    "alertmanager.receivers.chat: is required in tier `production`: warnings must reach somebody\n    add a receiver, such as { slack: { channel: …, apiUrlKey: … } }",
  ],
  [
    "no heartbeat in production",
    production,
    { "alertmanager.heartbeat": undefined },
    "alertmanager.heartbeat: is required in tier `production`: when the monitoring fails, it cannot notify anybody itself\n    add { urlKey: …, repeatInterval: …, grace: … } of a service that pages when it receives no more heartbeats",
  ],
  [
    "one pod of the API in production",
    production,
    { "erp.api.scale": { replicas: 1 } },
    `erp.api.scale.replicas: must be at least 2 in tier \`production\`: ${oneNode}, got 1\n    use 2 or more, or set bounds for autoscaling`,
  ],
  [
    "one worker in production",
    production,
    { "erp.celery.worker.replicas": 1 },
    `erp.celery.worker.replicas: must be at least 2 in tier \`production\`: ${oneNode}, got 1\n    use 2 or more`,
  ],
  [
    "autoscaling down to one pod outside a laptop",
    staging,
    { "erp.api.scale.minReplicas": 1 },
    `erp.api.scale.minReplicas: must be at least 2 outside tier \`local\`: ${oneNode}, got 1\n    use 2 or more`,
  ],
  [
    "a local state outside a laptop",
    staging,
    { state: { backend: "local", path: "state/staging" } },
    'state.backend: must not be `local` outside tier `local`: such a state is lost with its machine, and it cannot prevent two deployments at the same time, got "local"\n    use `s3`, `gcs`, `azurerm` or `kubernetes`',
  ],
  [
    "Sentry off outside a laptop",
    staging,
    { "erp.sentry": { mode: "off" } },
    'erp.sentry.mode: must not be `off` outside tier `local`, got "off"\n    use `managed` (the DSN comes from TF_VAR_sentry_dsn) or `existing` (from a Secret)',
  ],
  [
    "an issuer without TLS outside a laptop",
    staging,
    { "erp.identity.issuer": "http://login.shop.test" },
    'erp.identity.issuer: must begin with https:// outside tier `local`, as OpenID Connect requires, got "http://login.shop.test"\n    copy `issuer` from the issuer\'s discovery document',
  ],
  [
    "traffic in the cluster whose tokens no key verifies",
    local,
    { "erp.identity.keys": { uri: "https://login.shop.test/keys" } },
    'erp.identity.keys: must be a Secret if `erp.inCluster` is set: its traffic generator signs its own tokens, and `npm run secrets` makes the keys, got { uri: "https://login.shop.test/keys" }\n    write it as { secret: { name, key } }, or remove `erp.inCluster`',
  ],
  [
    "one key of a Secret for the public and the private key",
    local,
    { "erp.identity.keys.secret.key": "signing-key.pem" },
    'erp.identity.keys.secret.key: must not be `signing-key.pem`, which is the key of the traffic generator\'s private key, got "signing-key.pem"\n    use a name such as `jwks.json`',
  ],
  [
    "servers in the cluster outside a laptop",
    staging,
    { "erp.inCluster": local.erp.inCluster },
    'erp.inCluster: must not be set outside tier `local`: these servers have one replica and no backup, got { postgresql: { storage: "1Gi", resources: { requests: { cpu: "50m", memory: "112Mi" }, limits: { me…\n    remove it, and set the Secrets of your own servers in `erp.postgresql` and `erp.redis`',
  ],
  [
    "staging that pages",
    staging,
    { "alertmanager.receivers.pager": { pagerduty: { credentialKey: "pagerduty" } } },
    "alertmanager.receivers.pager: must not be set in tier `staging`, which must not page, got { pagerduty: { credentialKey: *** } }\n    remove it: critical alerts then go to `chat`",
  ],
  [
    "staging without a chat receiver",
    staging,
    { "alertmanager.receivers.chat": undefined },
    "alertmanager.receivers.chat: is required in tier `staging`: without it nobody is notified\n    add a receiver, such as { slack: { channel: …, apiUrlKey: … } }",
  ],
  [
    "a heartbeat that pages after two losses",
    production,
    { "alertmanager.heartbeat.repeatInterval": "100s" },
    'alertmanager.heartbeat.repeatInterval: must be less than a third of `grace`: otherwise two lost heartbeats would page, although the third one is sent, got "100s"\n    lower it, or raise `grace` here and in the external service',
  ],
  [
    "receivers without a Secret",
    staging,
    { "alertmanager.secret": undefined },
    "alertmanager.secret: is required: receivers refer to keys, and this Secret contains them\n    set the name of an existing Secret in the namespace `monitoring`, such as `alertmanager-receivers`",
  ],
  [
    "a pod that is killed while it drains",
    production,
    { "erp.api.terminationGracePeriodSeconds": 30 },
    "erp.api.terminationGracePeriodSeconds: must be more than the sum of `preStopSeconds` and the graceful timeout of `erp.commands.api` (`--timeout-graceful-shutdown` or `--graceful-timeout`): otherwise the pod is killed while it answers requests, got 30\n    raise it, or lower one of these two values",
  ],
  [
    "a server that closes idle connections before the Ingress controller does",
    production,
    { "erp.commands.api": ["uvicorn", "app.main:app", "--host", "::", "--timeout-keep-alive", "60"] },
    `erp.commands.api: ${keepAlive}, got ["uvicorn", "app.main:app", "--host", "::", "--timeout-keep-alive", "60"]\n    ${longer}`,
  ],
  [
    "the default of uvicorn for idle connections",
    production,
    { "erp.commands.api": ["python", "-m", "uvicorn", "app.main:app", "--host", "::"] },
    `erp.commands.api: ${keepAlive}, got ["python", "-m", "uvicorn", "app.main:app", "--host", "::"]\n    ${longer}`,
  ],
  [
    "an Ingress controller that keeps idle connections longer than the server",
    production,
    {
      "cluster.ingress.keepAliveSeconds": 600,
      "erp.commands.api": ["/usr/local/bin/uvicorn", "--host=::", "--timeout-keep-alive=75", "app.main:app"],
    },
    `erp.commands.api: ${keepAlive}, got ["/usr/local/bin/uvicorn", "--host=::", "--timeout-keep-alive=75", "app.main:app"]\n    ${longer}`,
  ],
  [
    "a worker that is killed during a task",
    production,
    { "erp.commands.worker": ["celery", "--app", "app.worker", "worker", "--time-limit", "301"] },
    "erp.celery.worker.terminationGracePeriodSeconds: must be at least `--time-limit` of `erp.commands.worker`: otherwise a worker is killed while it runs a task that may take longer, got 300\n    raise it, or lower the limit of tasks",
  ],
  [
    "autoscaling without the metrics API",
    production,
    { "cluster.metricsApi": "off" },
    'cluster.metricsApi: must not be `off` while `erp.api.scale` scales by CPU use, which the metrics API provides, got "off"\n    install metrics-server and set `existing`, or set fixed `replicas` in `erp.api.scale`',
  ],
  [
    "hosts without an Ingress controller",
    production,
    { "cluster.ingress": undefined },
    "cluster.ingress: is required by `erp.ingress` and `grafana.ingress`\n    set the class and the namespace of the cluster's Ingress controller, or remove `erp.ingress` and `grafana.ingress`",
  ],
  [
    "only a host of the ERP without an Ingress controller",
    local,
    { "erp.ingress": production.erp.ingress },
    "cluster.ingress: is required by `erp.ingress` and `grafana.ingress`\n    set the class and the namespace of the cluster's Ingress controller, or remove `erp.ingress` and `grafana.ingress`",
  ],
  [
    "only a host of Grafana without an Ingress controller",
    local,
    { "grafana.ingress": { host: "localhost.example" }, "grafana.url": "http://localhost.example" },
    "cluster.ingress: is required by `erp.ingress` and `grafana.ingress`\n    set the class and the namespace of the cluster's Ingress controller, or remove `erp.ingress` and `grafana.ingress`",
  ],
  [
    "a state in a namespace of the stacks",
    production,
    { state: { backend: "kubernetes", namespace: "monitoring", config_context: "ops", secret_suffix: "erp" } },
    'state.namespace: must not be a namespace that the stacks create (`monitoring`, `grafana`, `logging`, `node-agents`, `erp`): the state would be deleted with it, got "monitoring"\n    use an existing namespace, such as `terraform-state`',
  ],
  [
    "an existing Grafana in a namespace of the stacks",
    production,
    { grafana: { mode: "existing", namespace: "grafana", url: "https://grafana.example.com" } },
    'grafana.namespace: must not be a namespace that the stacks create (`monitoring`, `grafana`, `logging`, `node-agents`, `erp`), got "grafana"\n    use the namespace of the existing Grafana',
  ],
  [
    "namespaces whose logs are always collected",
    production,
    { "logAgent.namespaces": ["shop", "erp"] },
    'logAgent.namespaces: must not contain `monitoring`, `grafana`, `logging`, `node-agents`, `erp`, because the logs of these namespaces are always collected, got ["shop", "erp"]\n    remove these namespaces',
  ],
  [
    "the ERP under Grafana's host",
    production,
    { "erp.ingress.hosts": ["grafana.example.com"] },
    'erp.ingress.hosts: must be unique, and different from Grafana\'s: each host serves one program of one environment, got "grafana.example.com"\n    use a different host for each',
  ],
  [
    // (13 + 1) × (5 + 1) + (3 + 1) × 4 + 3 = 103
    "more connections than PostgreSQL allows",
    production,
    { "erp.api.scale.maxReplicas": 13, "erp.postgresql.pool": { size: 3, overflow: 2 } },
    "erp.postgresql.connections: must be at least 103: `pool.size` + `pool.overflow` + 1 connections for each API pod, and the smaller of `concurrency` and the pool for each worker, with one more pod of each kind for rollouts, and 3 connections for other programs, got 97\n    lower `erp.postgresql.pool` or `erp.api.scale.maxReplicas`, or allow more connections on the server",
  ],
  [
    "objectives over a longer time than samples are kept",
    production,
    { "erp.slos.availability.window": "31d", "erp.slos.latency.window": "31d" },
    'prometheus.retention: must be at least the longest `window` of `erp.slos`: Prometheus counts the requests of the whole period, got "30d"\n    raise it, together with `retentionSize` and `storage`, or shorten the windows',
  ],
  ...["grafana.url", "prometheus.externalUrl", "alertmanager.externalUrl"].map(
    (path) =>
      [
        `${path} without TLS in production`,
        production,
        { [path]: "http://grafana.example.com" },
        `${path}: must begin with https:// in tier \`production\`: people send passwords and session cookies to it, got "http://grafana.example.com"\n    write the address with https://`,
      ] as const,
  ),
  ...["authUrl", "tokenUrl", "apiUrl"].map(
    (endpoint) =>
      [
        `the ${endpoint} of Grafana without TLS in production`,
        production,
        { [`grafana.oidc.${endpoint}`]: "http://login.example.com/a" },
        `grafana.oidc.${endpoint}: must begin with https:// in tier \`production\`, as OpenID Connect requires, got "http://login.example.com/a"\n    copy it from the issuer's discovery document`,
      ] as const,
  ),
  [
    "a password for remote write without TLS in production",
    production,
    {
      "prometheus.remoteWrite": [
        {
          url: "http://mimir.example.com/push",
          basicAuth: { username: { name: "mimir", key: "user" }, password: { name: "mimir", key: "password" } },
        },
      ],
    },
    'prometheus.remoteWrite: must have only URLs that begin with https:// where `basicAuth`, `bearerToken` or `oauth2` is set, in tier `production`: without TLS, others can read the credentials, got [{ url: "http://mimir.example.com/push", basicAuth: { username: { name: "mimir", key: *** }, passwor…\n    write the URL with https://, also that of the tokens, or remove the credentials',
  ],
  [
    "a readable way to get tokens for remote write",
    production,
    {
      "prometheus.remoteWrite": [
        {
          url: "https://m.example.com/push",
          oauth2: {
            clientId: { name: "m", key: "id" },
            clientSecret: { name: "m", key: "secret" },
            tokenUrl: "http://login.example.com/token",
          },
        },
      ],
    },
    'prometheus.remoteWrite: must have only URLs that begin with https:// where `basicAuth`, `bearerToken` or `oauth2` is set, in tier `production`: without TLS, others can read the credentials, got [{ url: "https://m.example.com/push", oauth2: { clientId: { name: "m", key: *** }, clientSecret: { n…\n    write the URL with https://, also that of the tokens, or remove the credentials',
  ],
  [
    "several worker processes of uvicorn",
    local,
    { "erp.commands.api": ["uvicorn", "a:b", "--host=::", "--workers", "4"] },
    `erp.commands.api: ${oneWorker}, got ${printed(["uvicorn", "a:b", "--host=::", "--workers", "4"])}\n    ${morePods}`,
  ],
  [
    "several worker processes by a variable",
    local,
    { "erp.commands.api": ["env", "WEB_CONCURRENCY=2", "uvicorn", "a:b", "--host=::"] },
    `erp.commands.api: ${oneWorker}, got ${printed(["env", "WEB_CONCURRENCY=2", "uvicorn", "a:b", "--host=::"])}\n    ${morePods}`,
  ],
  [
    "several worker processes of Gunicorn, in a shell",
    local,
    { "erp.commands.api": ["sh", "-c", "exec gunicorn -w4 -b :8000 a:b"] },
    `erp.commands.api: ${oneWorker}, got ${printed(["sh", "-c", "exec gunicorn -w4 -b :8000 a:b"])}\n    ${morePods}`,
  ],
  [
    "a port that the Service does not use",
    local,
    { "erp.commands.api": ["uvicorn", "a:b", "--host=0.0.0.0", "--port=8080"] },
    `erp.commands.api: ${listen}, got ${printed(["uvicorn", "a:b", "--host=0.0.0.0", "--port=8080"])}\n    ${address}`,
  ],
  [
    "a server that only its own pod reaches",
    local,
    { "erp.commands.api": ["uvicorn", "a:b", "--host", "127.0.0.1"] },
    `erp.commands.api: ${listen}, got ${printed(["uvicorn", "a:b", "--host", "127.0.0.1"])}\n    ${address}`,
  ],
  [
    "the default host of uvicorn",
    local,
    { "erp.commands.api": ["uvicorn", "a:b"] },
    `erp.commands.api: ${listen}, got ${printed(["uvicorn", "a:b"])}\n    ${address}`,
  ],
  [
    "a socket instead of a port",
    local,
    { "erp.commands.api": ["uvicorn", "a:b", "--uds", "/tmp/uvicorn.sock"] },
    `erp.commands.api: ${listen}, got ${printed(["uvicorn", "a:b", "--uds", "/tmp/uvicorn.sock"])}\n    ${address}`,
  ],
  [
    "another port of Gunicorn",
    local,
    { "erp.commands.api": gunicorn("-b", "0.0.0.0:80") },
    `erp.commands.api: ${listen}, got ${printed(gunicorn("-b", "0.0.0.0:80"))}\n    ${address}`,
  ],
  [
    "Gunicorn bound to the loopback address",
    local,
    { "erp.commands.api": gunicorn("--bind=localhost:8000") },
    `erp.commands.api: ${listen}, got ${printed(gunicorn("--bind=localhost:8000"))}\n    ${address}`,
  ],
  [
    "a server with a certificate of its own",
    local,
    { "erp.commands.api": gunicorn("--keyfile=/k", "--certfile=/c") },
    `erp.commands.api: ${"must serve plain HTTP: the probes and Prometheus use no TLS inside the cluster"}, got ${printed(gunicorn("--keyfile=/k", "--certfile=/c"))}\n    ${"remove the key and the certificate: the Ingress serves TLS"}`,
  ],
  [
    "a graceful timeout of Gunicorn above the grace period",
    production,
    { "erp.commands.api": gunicorn("--graceful-timeout", "35") },
    "erp.api.terminationGracePeriodSeconds: must be more than the sum of `preStopSeconds` and the graceful timeout of `erp.commands.api` (`--timeout-graceful-shutdown` or `--graceful-timeout`): otherwise the pod is killed while it answers requests, got 45\n    raise it, or lower one of these two values",
  ],
  [
    "a worker in a shell",
    production,
    { "erp.commands.worker": ["sh", "-c", "celery --app app.worker worker"] },
    `erp.commands.worker: must be the program itself and no shell: the concurrency and the queues are appended, and would be arguments of the shell, got ${printed(["sh", "-c", "celery --app app.worker worker"])}\n    write the program and its arguments as a list, such as \`celery\`, \`--app\`, \`app.worker\`, \`worker\``,
  ],
  [
    "the concurrency in two places",
    production,
    { "erp.commands.worker": worker("-c", "8") },
    `erp.commands.worker: must not set the concurrency or the queues: \`erp.celery.worker.concurrency\` and \`erp.celery.queues\` are appended and replace them, got ${printed(worker("-c", "8"))}\n    remove these options, and change the two settings`,
  ],
  [
    "the queues in two places",
    production,
    { "erp.commands.worker": worker("--queues=reports") },
    `erp.commands.worker: must not set the concurrency or the queues: \`erp.celery.worker.concurrency\` and \`erp.celery.queues\` are appended and replace them, got ${printed(worker("--queues=reports"))}\n    remove these options, and change the two settings`,
  ],
  [
    "a second beat",
    production,
    { "erp.commands.worker": worker("-B") },
    `erp.commands.worker: must not run beat: \`erp.commands.beat\` runs it in a pod of its own, and two of them queue each periodic task twice, got ${printed(worker("-B"))}\n    remove \`--beat\``,
  ],
  [
    "a worker without heartbeats",
    production,
    { "erp.commands.worker": worker("--without-heartbeat") },
    `erp.commands.worker: must send heartbeats: without them the Celery exporter reports that no worker runs, and CeleryNoWorkers pages, got ${printed(worker("--without-heartbeat"))}\n    remove \`--without-heartbeat\``,
  ],
  [
    "a soft limit of tasks that is never reached",
    production,
    { "erp.commands.worker": worker("--soft-time-limit=60", "--time-limit=60") },
    `erp.commands.worker: must have a \`--soft-time-limit\` below \`--time-limit\`: otherwise the worker is killed before the task can end by itself, got ${printed(worker("--soft-time-limit=60", "--time-limit=60"))}\n    lower \`--soft-time-limit\`, or raise \`--time-limit\``,
  ],
  [
    "a mute time that never ends",
    staging,
    { "alertmanager.muteTimes": [{ name: "a", times: [{ start: "00:00", end: "24:00" }], location: "UTC" }] },
    'alertmanager.muteTimes: must leave a part of the week: together they mute `warning` at all times, and nobody is ever notified, got [{ name: "a", times: [{ start: "00:00", end: "24:00" }], location: "UTC" }]\n    shorten one of them, or remove one',
  ],
  [
    "mute times that together never end",
    staging,
    { "alertmanager.muteTimes": workAndLeisure },
    `alertmanager.muteTimes: must leave a part of the week: together they mute \`warning\` at all times, and nobody is ever notified, got ${'[{ name: "work", weekdays: ["monday", "tuesday", "wednesday", "thursday", "friday"], times: [{ start'}…\n    shorten one of them, or remove one`,
  ],
  [
    "our own Prometheus as a receiver of samples",
    production,
    {
      "prometheus.remoteWrite": [
        { url: "http://kube-prometheus-stack-prometheus.monitoring.svc.cluster.local:9090/api/v1/write" },
      ],
    },
    'prometheus.remoteWrite: must not contain an address of this environment: its programs do not store samples for a long time, got [{ url: "http://kube-prometheus-stack-prometheus.monitoring.svc.cluster.local:9090/api/v1/write" }]\n    write the address of a long-term store, such as Mimir, or remove the entry',
  ],
  [
    "the public address of Grafana as a receiver of samples",
    production,
    { "prometheus.remoteWrite": [{ url: "https://grafana.example.com/api/v1/push" }] },
    'prometheus.remoteWrite: must not contain an address of this environment: its programs do not store samples for a long time, got [{ url: "https://grafana.example.com/api/v1/push" }]\n    write the address of a long-term store, such as Mimir, or remove the entry',
  ],
  [
    "one bucket for logs and the state",
    production,
    { "loki.storage.bucket": "example-terraform-state" },
    'loki.storage: must not be the bucket of the Terraform state: Loki\'s pods could read and delete the state, got { type: "s3", bucket: "example-terraform-state", region: "eu-central-1", walSize: "10Gi", serviceAcc…\n    use a bucket of its own for log lines',
  ],
  [
    "one address for two programs",
    production,
    { "alertmanager.externalUrl": "https://grafana.example.com/" },
    'alertmanager.externalUrl: must differ from `prometheus.externalUrl` and `grafana.url`, and these from each other: one address serves one program, got "https://grafana.example.com/"\n    give each program its own host or path',
  ],
  [
    "one key for a webhook and a password",
    production,
    { "alertmanager.heartbeat.urlKey": "slack-api-url" },
    'alertmanager.receivers: must not use one key of `alertmanager.secret` for two kinds of receivers: a key has one value, such as the URL of a webhook or a password, got { pager: { pagerduty: { credentialKey: "pagerduty-routing-key" } }, chat: { slack: { channel: "#erp-…\n    use a key of its own for each kind of receiver and for the heartbeat',
  ],
  [
    "warnings to the service that pages",
    production,
    { "alertmanager.receivers.chat": { pagerduty: { credentialKey: "pagerduty-routing-key" } } },
    'alertmanager.receivers.chat: must not use the key of `pager` for an on-call service: warnings would page, and each page would be sent twice, got { pagerduty: { credentialKey: "pagerduty-routing-key" } }\n    use the key of a service or integration with low urgency, or another kind of receiver',
  ],
  [
    "the credentials of PostgreSQL for Redis",
    production,
    { "erp.redis.secret": { name: "erp-postgresql", key: "url" } },
    'erp.redis.secret: must not be a key that contains the credentials of another server, got { name: "erp-postgresql", key: *** }\n    write the key of the Secret with the value for this server',
  ],
  [
    "a CPU limit below which autoscaling never acts",
    production,
    { "erp.api.resources.limits": { cpu: "500m", memory: "512Mi" }, "erp.api.scale.targetCpuUtilization": 91 },
    "erp.api.scale.targetCpuUtilization: must be so low that pods can exceed 1.1 times the target within their CPU limit: otherwise autoscaling never adds a pod, got 91\n    lower it, lower `erp.api.resources.requests.cpu`, or remove the CPU limit",
  ],
  [
    "autoscaling between equal bounds",
    production,
    { "erp.api.scale.maxReplicas": 3 },
    "erp.api.scale.maxReplicas: must be above `minReplicas`: otherwise nothing is scaled, and ErpAutoscalerAtMaximum fires all the time, got 3\n    raise it, or set a fixed number as { replicas }",
  ],
  [
    "a write-ahead log that is smaller than Loki's memory",
    production,
    { "loki.storage.walSize": "2047Mi" },
    'loki.storage.walSize: must be at least the memory limit of Loki: its write-ahead log holds the lines that are in memory, got "2047Mi"\n    raise it to a multiple of `loki.resources.limits.memory`',
  ],
  [
    "a chat in Slack without the integration of Sentry",
    azure,
    { "erp.sentry.project.slack": undefined },
    "erp.sentry.project.slack: is required: the receiver of warnings about the ERP notifies Slack\n    write the names that the integration with Slack has in Sentry: docs/sentry.md",
  ],
  [
    "the integration of Sentry with PagerDuty without PagerDuty",
    azure,
    { "erp.sentry.project.pagerduty": { account: "A", service: "B", serviceId: "1" } },
    'erp.sentry.project.pagerduty: must not be set: the receiver of warnings about the ERP does not notify PagerDuty, and Sentry notifies the same receivers as Alertmanager, got { account: "A", service: "B", serviceId: "1" }\n    remove it, or add `pagerduty` to `alertmanager.receivers.chat`',
  ],
  [
    "a Slack channel by its ID beside a project in Sentry",
    azure,
    { "alertmanager.receivers.chat.slack.channel": "C024BE91L" },
    'erp.sentry.project.slack: needs the name of the channel: Sentry compares the ID of a channel with its name, got { workspace: "Shop" }\n    write `slack.channel` of the receiver as `#erp`, for example, in place of the ID',
  ],
  [
    "an uptime monitor of a route that is not public",
    azure,
    { "erp.ingress": undefined },
    "erp.sentry.project.uptime: must not be set without `erp.ingress`: Sentry cannot reach a route that is not public, got { intervalSeconds: 60, timeoutSeconds: 5 }\n    set `erp.ingress`, whose `probePath` Sentry then requests, or remove it",
  ],
  [
    "the token of Sentry without TLS in production",
    azure,
    { "erp.sentry.project.baseUrl": "http://sentry.shop.test" },
    'erp.sentry.project.baseUrl: must begin with https:// outside tier `local`: each request contains the token, got "http://sentry.shop.test"\n    use the https address of your Sentry',
  ],
  [
    "profiles without traces",
    production,
    { "erp.sentry.tracesSampleRate": 0 },
    "erp.sentry.profilesSampleRate: must be 0 while `tracesSampleRate` is 0: only traced transactions are profiled, got 0.1\n    use 0, or raise `tracesSampleRate`",
  ],
  [
    "a port in a variable that no shell replaces",
    local,
    { "erp.commands.api": ["uvicorn", "a:b", "--host=::", "--port", "${PORT:-8000}"] },
    `erp.commands.api: ${listen}, got ${printed(["uvicorn", "a:b", "--host=::", "--port", "${PORT:-8000}"])}\n    ${address}`,
  ],
  [
    "Celery as the API",
    local,
    { "erp.commands.api": worker() },
    `erp.commands.api: must start the server of the API, and not Celery, got ${printed(worker())}\n    write the command of Celery's worker as \`erp.commands.worker\`, and that of beat as \`erp.commands.beat\``,
  ],
  [
    "the command of a worker for beat",
    local,
    { "erp.commands.beat": worker() },
    `erp.commands.beat: must run the command \`beat\` of Celery, got ${printed(worker())}\n    write it such as \`celery\`, \`--app\`, \`app.worker\`, \`beat\``,
  ],
  [
    "the application of Celery after its command",
    local,
    { "erp.commands.worker": ["celery", "worker", "-A", "app.worker"] },
    `erp.commands.worker: must have \`--app\` before \`worker\`: Celery 5 refuses it after its command, got ${printed(["celery", "worker", "-A", "app.worker"])}\n    write it such as \`celery\`, \`--app\`, \`app.worker\`, \`worker\``,
  ],
  [
    "an Ingress controller in a namespace of the stacks",
    production,
    { "cluster.ingress.controllerNamespace": "monitoring" },
    'cluster.ingress.controllerNamespace: must not be a namespace that the stacks create (`monitoring`, `grafana`, `logging`, `node-agents`, `erp`): no Ingress controller can run there, got "monitoring"\n    write the namespace of the controller\'s pods, such as `ingress-nginx`',
  ],
  [
    "the two commands of migrations swapped",
    production,
    {
      "erp.commands.migrate": production.erp.commands.awaitMigrations,
      "erp.commands.awaitMigrations": production.erp.commands.migrate,
    },
    'erp.commands.awaitMigrations: must wait for the schema and must not change it: every pod runs this command, and only the Job `erp-migrate` migrates, got ["alembic", "upgrade", "head"]\n    swap it with `erp.commands.migrate`, or write a command that ends when the schema is there',
  ],
  [
    "a Job that only waits for migrations",
    production,
    { "erp.commands.migrate": production.erp.commands.awaitMigrations },
    'erp.commands.migrate: must differ from `erp.commands.awaitMigrations`: one changes the schema, and the other waits for it, got ["python", "-m", "app.await_migrations"]\n    write the command that migrates; without migrations, write `true` for both',
  ],
  [
    "mute times of two time zones that together never end",
    production,
    {
      "alertmanager.muteTimes": [
        { name: "office", times: [{ start: "08:00", end: "21:00" }], location: "Europe/Berlin" },
        { name: "other-office", times: [{ start: "08:00", end: "23:00" }], location: "America/Los_Angeles" },
      ],
    },
    `alertmanager.muteTimes: must leave a part of the week: together they mute \`warning\` at all times, and nobody is ever notified, got ${'[{ name: "office", times: [{ start: "08:00", end: "21:00" }], location: "Europe/Berlin" }, { name: "other-office"'.slice(0, 100)}…\n    shorten one of them, or remove one`,
  ],
  [
    "a variable that the stacks set",
    azure,
    { "erp.pod.env": { DATABASE_URL: "postgresql://db" } },
    "erp.pod.env.DATABASE_URL: must not be set: the stacks set this variable\n    remove it; its value is `erp.postgresql.secret`",
  ],
  [
    "a variable that the stacks set in an exporter",
    azure,
    { "erp.redis.exporterPod.env": { REDIS_ADDR: "redis://redis" } },
    "erp.redis.exporterPod.env.REDIS_ADDR: must not be set: the stacks set this variable\n    remove it; its value is `erp.redis.exporterSecret`",
  ],
  [
    "an option of the server as a variable",
    azure,
    { "erp.api.pod.env": { WEB_CONCURRENCY: "4" } },
    "erp.api.pod.env.WEB_CONCURRENCY: must not be set: synth checks the options of the server only in its command\n    write the option in `erp.commands.api`",
  ],
  [
    "metrics of several processes",
    azure,
    { "erp.pod.env": { PROMETHEUS_MULTIPROC_DIR: "/tmp" } },
    "erp.pod.env.PROMETHEUS_MULTIPROC_DIR: must not be set: with it, the Python client library of Prometheus leaves out the metrics of the process\n    remove it: each pod runs one worker process",
  ],
  [
    "a reference to a variable that comes later",
    azure,
    { "erp.pod.env": { URL: "http://$(HOST_IP)", HOST_IP: { field: "status.hostIP" } } },
    'erp.pod.env.URL: must not refer to `$(HOST_IP)`, which no variable before it defines: Kubernetes would leave the text as it is, got "http://$(HOST_IP)"\n    define it before, or write `$$(HOST_IP)` for the text itself',
  ],
  [
    "a misspelt reference to a variable",
    azure,
    { "erp.api.pod.env": { URL: "http://$(POD_PI)" } },
    'erp.api.pod.env.URL: must not refer to `$(POD_PI)`, which no variable before it defines: Kubernetes would leave the text as it is, got "http://$(POD_PI)"\n    did you mean `$(POD_IP)`?',
  ],
  [
    "a volume with the name of ours",
    azure,
    { "erp.celery.beat.pod": { volumes: { tmp: { emptyDir: { sizeLimit: "1Gi" } } } } },
    "erp.celery.beat.pod.volumes.tmp: must have another name: the stacks have a volume of this name\n    choose a name such as `cache`",
  ],
  [
    "a folder that stays empty",
    azure,
    { "erp.api.pod.initContainers": undefined, "erp.api.pod.mounts": [{ volume: "cache", path: "/var/cache/shop" }] },
    "erp.api.pod.volumes.cache: must be mounted by a container that can write to it: it is empty at first\n    set `readOnly: false` in one of its mounts",
  ],
  [
    "a mount of a volume that does not exist",
    azure,
    { "erp.celery.worker.pod.mounts": [{ volume: "report", path: "/srv/reports" }] },
    'erp.celery.worker.pod.mounts[0].volume: must be the name of a volume, got "report"\n    did you mean `reports`?',
  ],
  [
    "a mount above one of ours",
    azure,
    { "erp.api.pod.mounts": [{ volume: "cache", path: "/etc/erp", readOnly: false }] },
    'erp.api.pod.mounts[0].path: must not hide `/etc/erp/identity`, where another volume is mounted, got "/etc/erp"\n    mount it at another path',
  ],
  [
    "a mount at the path of a mount of all programs",
    azure,
    { "erp.api.pod.mounts": [{ volume: "cache", path: "/etc/shop/vault", readOnly: false }] },
    'erp.api.pod.mounts[0].path: must not hide `/etc/shop/vault`, where another volume is mounted, got "/etc/shop/vault"\n    mount it at another path',
  ],
  [
    "a sidecar with the name of our container",
    azure,
    { "erp.api.pod.sidecars.1.name": "await-migrations" },
    'erp.api.pod.sidecars[1].name: must differ from the names of the other containers of the pod, got "await-migrations"\n    choose another name',
  ],
  [
    "a sidecar at the port of the API",
    azure,
    { "erp.api.pod.sidecars.0.ports": { https: 8000 } },
    "erp.api.pod.sidecars[0].ports.https: must differ in name and number from the port `http` (8000) of another container: all containers of a pod share its ports, got 8000\n    let the program listen on another port",
  ],
  [
    "a check at a port that the sidecar does not have",
    azure,
    { "erp.api.pod.sidecars.0.startup": { tcp: "htps" } },
    'erp.api.pod.sidecars[0].startup.tcp: must be the name of a port of the container, got "htps"\n    did you mean `https`?',
  ],
];
