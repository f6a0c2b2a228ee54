import type { Environment } from "../../settings/environment";
import { local } from "../fixtures/local";
import { production } from "../fixtures/production";
import { staging } from "../fixtures/staging";
import type { Change } from "./change";

const keepAlive =
  "must keep an idle connection longer than the Ingress controller does, which is `cluster.ingress.keepAliveSeconds`: otherwise the controller sends requests on connections that uvicorn is closing, and answers 502";
const longer = "set `--timeout-keep-alive` some seconds above that time, such as 75 for the default of 60";
const oneNode = "a single pod is down whenever its node is";

/** Values that contradict each other or their tier, with the reported faults. */
export const brokenAgreements: readonly (readonly [
  what: string,
  environment: Environment,
  change: Change,
  expected: string,
])[] = [
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
    "erp.identity.keys.secret.key: must not be `signing-key.pem`, which is the key of the traffic generator's private key, got ***\n    use a name such as `jwks.json`",
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
    "a heartbeat that pages after a single loss",
    production,
    { "alertmanager.heartbeat.repeatInterval": "3m" },
    'alertmanager.heartbeat.repeatInterval: must be at most half of `grace`: otherwise one lost heartbeat would page, got "3m"\n    lower it, or raise `grace` here and in the external service',
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
    "erp.api.terminationGracePeriodSeconds: must be more than the sum of `preStopSeconds` and `--timeout-graceful-shutdown` of `erp.commands.api`: otherwise the pod is killed while it answers requests, got 30\n    raise it, or lower one of these two values",
  ],
  [
    "a server that closes idle connections before the Ingress controller does",
    production,
    { "erp.commands.api": ["uvicorn", "app.main:app", "--timeout-keep-alive", "60"] },
    `erp.commands.api: ${keepAlive}, got ["uvicorn", "app.main:app", "--timeout-keep-alive", "60"]\n    ${longer}`,
  ],
  [
    "the default of uvicorn for idle connections",
    production,
    { "erp.commands.api": ["python", "-m", "uvicorn", "app.main:app"] },
    `erp.commands.api: ${keepAlive}, got ["python", "-m", "uvicorn", "app.main:app"]\n    ${longer}`,
  ],
  [
    "an Ingress controller that keeps idle connections longer than the server",
    production,
    {
      "cluster.ingress.keepAliveSeconds": 600,
      "erp.commands.api": ["/usr/local/bin/uvicorn", "--timeout-keep-alive=75", "app.main:app"],
    },
    `erp.commands.api: ${keepAlive}, got ["/usr/local/bin/uvicorn", "--timeout-keep-alive=75", "app.main:app"]\n    ${longer}`,
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
    "erp.postgresql.connections: must be enough for all pods: `pool.size` + `pool.overflow` + 1 connections for each API pod, and the smaller of `concurrency` and the pool for each worker. Count one more pod of each kind for rollouts, and add 3 connections for other programs, got 97\n    lower `erp.postgresql.pool` or `erp.api.scale.maxReplicas`, or allow more connections on the server",
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
    'prometheus.remoteWrite: must have only URLs that begin with https:// where `basicAuth` is set, in tier `production`: without TLS, others can read the password, got [{ url: "http://mimir.example.com/push", basicAuth: { username: { name: "mimir", key: *** }, passwor…\n    write the URL with https://, or remove `basicAuth`',
  ],
];
