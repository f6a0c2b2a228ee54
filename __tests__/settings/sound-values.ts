import type { Environment } from "../../settings/environment";
import { azure } from "../fixtures/azure";
import { local } from "../fixtures/local";
import { minio } from "../fixtures/minio";
import { production } from "../fixtures/production";
import { staging } from "../fixtures/staging";
import { traced } from "../fixtures/traced";
import type { Change } from "./change";

const email = { to: "a@example.com", from: "b@example.com", smarthost: "smtp.example.com:587" };

/** Values that are only just accepted. */
export const soundValues: readonly (readonly [what: string, environment: Environment, change: Change])[] = [
  ["a team without receivers on a laptop", local, { teams: { payments: { namespaces: ["payments"] } } }],
  [
    "teams that share a pager and the address of a chat",
    production,
    {
      teams: Object.fromEntries(
        ["payments", "orders"].map((team) => [
          team,
          {
            pager: { pagerduty: { credentialKey: "night-shift" } },
            chat: { slack: { channel: `#${team}`, apiUrlKey: "slack-api-url" } },
          },
        ]),
      ),
    },
  ],
  ["no ordinary trace at all", traced, { "tracing.sampling.ratio": 0, "tracing.sampling.slowerThan": "10s" }],
  [
    "a namespace `tracing` of a team where the ERP makes no traces",
    local,
    { teams: { a: { namespaces: ["tracing"] } } },
  ],
  ["a server that deletes traces after a week, which is seven days", minio, { "tracing.storage.retention": "1w" }],
  [
    "a server on a laptop, without TLS",
    traced,
    { "tracing.storage": { type: "elasticsearch", url: "http://es:9200", retention: "1d" }, "tracing.replicas": 2 },
  ],
  ["one log line in ten seconds", production, { "scale.logLinesPerSecond": 0.1 }],
  ["a URL with the password of another variable", azure, { "erp.pod.env.SMTP_URL": "smtp://a:$(SMTP_PASSWORD)@b.c" }],
  ["a reference to a variable that the stacks set", azure, { "erp.api.pod.env": { ISSUER: "$(OIDC_ISSUER)/keys" } }],
  ["a file in our folder for temporary files", azure, { "erp.celery.worker.pod.mounts.0.path": "/tmp/reports" }],
  ["a duration of several units", production, { "prometheus.retention": "1y2w3d4h5m6s7ms" }],
  ["a name of 63 letters", production, { "cluster.storageClass": "a".repeat(63) }],
  ["a request equal to the limit", production, { "loki.resources.limits": { cpu: "0.5", memory: "2Gi" } }],
  ["64 cores", production, { "loki.resources.requests.cpu": "64" }],
  ["100 millicores", production, { "loki.resources.requests.cpu": "100m" }],
  ["samples that take 85 % of their volume", local, { "prometheus.retentionSize": "1740MB" }],
  ["samples without a volume on a laptop", local, { "prometheus.storage": undefined }],
  ["two Prometheus and two Alertmanagers in production", production, { "alertmanager.replicas": 2 }],
  ["two workers in production", production, { "erp.celery.worker.replicas": 2 }],
  ["two fixed pods in production", production, { "erp.api.scale": { replicas: 2 } }],
  ["a maximum of pods just above the minimum", production, { "erp.api.scale.maxReplicas": 4 }],
  [
    "autoscaling from one pod on a laptop",
    local,
    {
      "erp.api.scale": { minReplicas: 1, maxReplicas: 2, targetCpuUtilization: 100 },
      "cluster.metricsApi": "existing",
    },
  ],
  ["fixed pods without the metrics API", production, { "erp.api.scale": { replicas: 3 }, "cluster.metricsApi": "off" }],
  ["a grace period a second longer than the drain", production, { "erp.api.terminationGracePeriodSeconds": 31 }],
  [
    "another server without a drain timeout",
    production,
    {
      "erp.commands.api": ["gunicorn", "app.main:app"],
      "erp.api.terminationGracePeriodSeconds": 11,
    },
  ],
  [
    "a server that keeps idle connections a second longer than the Ingress controller",
    production,
    {
      "cluster.ingress.keepAliveSeconds": 90,
      "erp.commands.api": ["uvicorn", "app.main:app", "--host=0.0.0.0", "--timeout-keep-alive=91"],
    },
  ],
  [
    "networks of proxies",
    production,
    { "cluster.ingress.trustedProxies": ["10.244.0.0/16", "192.0.2.7/32", "fd00:10:244::/56", "fd00:0:0:8000::/49"] },
  ],
  ["uvicorn without a proxy in front", local, { "erp.commands.api": ["uvicorn", "app.main:app", "--host", "::"] }],
  [
    "a grace period of the longest task",
    production,
    { "erp.commands.worker": ["celery", "--app", "app.worker", "worker", "--time-limit=300"] },
  ],
  ["an image by digest", production, { "erp.image": `registry.example.com/erp@sha256:${"0a".repeat(32)}` }],
  ["an image of a registry with a port", production, { "erp.image": "registry.example.com:5000/team/erp:v1.4.2-rc.1" }],
  ["an image mirror with a port and a path", production, { "mirrors.images": "registry.example.com:5000/mirror/a" }],
  ["charts from an OCI registry", production, { "mirrors.charts": "oci://registry.example.com/charts" }],
  ["charts from a folder", production, { "mirrors.charts": "vendor/charts" }],
  [
    "public paths beside the metrics",
    production,
    { "erp.ingress.paths": ["/api/v1/", "/metrics-docs"], "erp.ingress.probePath": "/metrics-docs" },
  ],
  ["a public probe below a path", production, { "erp.ingress.probePath": "/api/v1/status" }],
  [
    "an annotation with a domain",
    production,
    {
      "erp.ingress.annotations": { "nginx.ingress.kubernetes.io/proxy-body-size": "8m" },
    },
  ],
  [
    "a mute time of whole days",
    staging,
    {
      "alertmanager.muteTimes": [{ name: "weekend", weekdays: ["saturday", "sunday"], location: "Asia/Kolkata" }],
    },
  ],
  ["a mute time until midnight", staging, { "alertmanager.muteTimes.0.times": [{ start: "23:59", end: "24:00" }] }],
  ["the time zone UTC", staging, { "alertmanager.muteTimes.0.location": "UTC" }],
  ["a mail server without a password", production, { "alertmanager.receivers.chat": { email } }],
  [
    "a relay without TLS",
    production,
    { "alertmanager.receivers.chat": { email: { ...email, smarthost: "relay.example.com:25", requireTls: false } } },
  ],
  [
    "the number of a Telegram group",
    production,
    { "alertmanager.receivers.chat": { telegram: { chatId: -1001234567890, botTokenKey: "telegram-bot" } } },
  ],
  [
    "Jira Service Management as pager, and Opsgenie with another key",
    production,
    {
      "alertmanager.receivers": {
        pager: { jiraServiceManagement: { credentialKey: "jsm" } },
        chat: { opsgenie: { credentialKey: "opsgenie-low", region: "eu" } },
      },
    },
  ],
  [
    "mail as the only receiver, without a Secret",
    staging,
    {
      "alertmanager.receivers.chat": { email },
      "alertmanager.secret": undefined,
    },
  ],
  ["one Loki on a bucket", production, { "loki.replicas": 1 }],
  ["logs for one day", production, { "loki.retention": "24h" }],
  ["an objective just high enough for burn rates", production, { "erp.slos.availability.objective": 0.9306 }],
  ["the longest slug of a project in Sentry", azure, { "erp.sentry.project.slug": "a".repeat(100) }],
  ["slugs with digits and underscores", azure, { "erp.sentry.project.team": "_1", "erp.sentry.project.slug": "0-_" }],
  ["an organisation with upper case", azure, { "erp.sentry.project.organization": "Shop-1" }],
  ["a Sentry below a path", azure, { "erp.sentry.project.baseUrl": "https://tools.shop.test/sentry" }],
  [
    "a Sentry without TLS on a laptop",
    local,
    {
      "erp.sentry": {
        mode: "managed",
        revision: 1,
        tracesSampleRate: 0,
        profilesSampleRate: 0,
        project: { organization: "shop", team: "erp", slug: "erp", baseUrl: "http://127.0.0.1:9000" },
      },
    },
  ],
  ["no traces at all", production, { "erp.sentry.tracesSampleRate": 0, "erp.sentry.profilesSampleRate": 0 }],
  [
    "an existing Grafana below a path",
    production,
    { grafana: { mode: "existing", namespace: "observability", url: "https://tools.example.com/grafana" } },
  ],
  ["Grafana without an Ingress at any URL", local, { "grafana.url": "https://grafana.example.com" }],
  [
    "an existing Grafana",
    production,
    {
      grafana: { mode: "existing", namespace: "dashboards", url: "https://grafana.example.com" },
    },
  ],
  [
    "no host and no Ingress controller",
    production,
    { "erp.ingress": undefined, "grafana.ingress": undefined, "cluster.ingress": undefined },
  ],
  ["an issuer whose identifier ends in a slash", production, { "erp.identity.issuer": "https://login.shop.test/" }],
  ["an audience that is a URL", production, { "erp.identity.audience": "https://erp.shop.test" }],
  ["an image that authenticates by itself, with an Ingress", production, { "erp.identity": { mode: "own" } }],
  ["an issuer without TLS on a laptop", local, { "erp.identity.issuer": "http://localhost:8080/realms/erp" }],
  [
    "a state in Azure",
    production,
    {
      state: { backend: "azurerm", storage_account_name: "erp", container_name: "state", key: "erp", use_oidc: true },
    },
  ],
  [
    // (12 + 1) × (5 + 1) + (3 + 1) × 4 + 3 = 97
    "as many connections as PostgreSQL allows",
    production,
    { "erp.postgresql.pool": { size: 3, overflow: 2 } },
  ],
  ["a worker that may take long to end", production, { "erp.celery.worker.terminationGracePeriodSeconds": 7200 }],
  [
    "queues with underscores, dots and capitals",
    production,
    { "erp.celery.queues": ["default", "High_Priority", "a.b"] },
  ],
  [
    "names of Kubernetes objects with dots",
    production,
    {
      "cluster.storageClass": "csi.fast",
      "erp.redis.secret.name": "redis.erp",
      "cluster.ingress.className": "nginx.public",
    },
  ],
  [
    "several mail recipients, and names of mailboxes",
    production,
    {
      "alertmanager.receivers.chat": {
        email: {
          ...email,
          to: '"Smith, J." <j@example.com>, ops@example.com',
          from: "ERP alerts <alerts@example.com>",
        },
      },
    },
  ],
  ["a client id of 32 hexadecimal digits", production, { "grafana.oidc.clientId": "0123456789abcdef0123456789abcdef" }],
  ["an audience of 32 hexadecimal digits", production, { "erp.identity.audience": "0123456789abcdef0123456789abcdef" }],
  ["the ID of a Slack channel", production, { "alertmanager.receivers.chat.slack.channel": "C024BE91L" }],
  ["a Slack channel in another script", production, { "alertmanager.receivers.chat.slack.channel": "#通知" }],
  [
    "a mail server with an IPv6 address",
    production,
    { "alertmanager.receivers.chat": { email: { ...email, smarthost: "[2001:db8::1]:587" } } },
  ],
  ["a URL with an IPv6 address", staging, { runbookBaseUrl: "http://[2001:db8::1]:8080/runbooks" }],
  ["a proxy with one IPv6 address", production, { "cluster.ingress.trustedProxies": ["2001:db8::1/128"] }],
  [
    "an image with a tag and a digest",
    production,
    { "erp.image": `registry.example.com/erp:stable@sha256:${"0a".repeat(32)}` },
  ],
  ["an image of a registry with an IPv6 address", production, { "erp.image": "[2001:db8::1]:5000/erp:1.0" }],
  [
    "a role that Terraform assumes",
    production,
    { "state.assume_role": { role_arn: "arn:aws:iam::000000000000:role/terraform", session_name: "erp" } },
  ],
  [
    "a state in a store that is not Amazon's",
    production,
    {
      "state.region": "main",
      "state.endpoints": { s3: "https://minio.example.com" },
      "state.skip_region_validation": true,
      "state.skip_credentials_validation": true,
    },
  ],
  ["text that Terraform interprets", production, { "erp.commands.api.1": "${WEB_CONCURRENCY:-1} %{if}" }],
  ["a client ID as an annotation", production, { "erp.ingress.annotations": { "example.com/client-id": "${x}" } }],
  [
    "a port in a variable that a shell replaces",
    local,
    { "erp.commands.api": ["sh", "-c", "exec uvicorn a:b --host :: --port ${PORT:-8000}"] },
  ],
  [
    "a port in a variable that Kubernetes replaces",
    local,
    { "erp.commands.api": ["uvicorn", "a:b", "--host=::", "--port=$(PORT)"] },
  ],
  ["Celery as a module of Python", local, { "erp.commands.beat": ["python", "-m", "celery", "-A", "a", "beat"] }],
  ["scopes with commas", production, { "grafana.oidc.scopes": "openid, profile,email" }],
  ["a role in JSON", production, { "grafana.oidc.roleAttributePath": 'admin && `"Admin"` || `"Viewer"`' }],
  [
    "annotations of a cloud's identity",
    production,
    {
      "loki.storage.serviceAccountAnnotations": {
        "eks.amazonaws.com/role-arn": "arn:aws-us-gov:iam::123456789012:role/platform/loki",
        "example.com/owner": "platform",
      },
    },
  ],
  [
    "mute times of two time zones that leave an hour of each day",
    production,
    {
      "alertmanager.muteTimes": [
        { name: "office", times: [{ start: "08:00", end: "21:00" }], location: "Europe/Berlin" },
        { name: "other-office", times: [{ start: "08:00", end: "22:00" }], location: "America/Los_Angeles" },
      ],
    },
  ],
  ...[
    "https://mimir.shop.com/api/v1/push",
    "https://prometheus.shop.com/api/v1/write",
    "https://thanos.shop.com/api/v1/receive",
    "https://vm.shop.com/insert/0/prometheus/api/v1/write",
    "https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/ws-1/api/v1/remote_write",
    "https://prometheus-prod-01.grafana.net/api/prom/push",
    "https://influx.shop.com/api/v1/prom/write?db=erp",
    "https://proxy.shop.com",
  ].map((url): SoundValue => [`samples sent to ${url}`, production, { "prometheus.remoteWrite": [{ url }] }]),
  [
    "one command for two things that an image without migrations does not do",
    production,
    { "erp.commands.migrate": ["true"], "erp.commands.awaitMigrations": ["true"] },
  ],
  ...[
    "info.roles[?contains(@, 'erp')] | [0] && 'Editor' || 'None'",
    "(contains(groups[*], 'a') || starts_with(email, 'b')) && to_string('Admin')",
  ].map((path): SoundValue => [`the path to the role ${path}`, production, { "grafana.oidc.roleAttributePath": path }]),
];

type SoundValue = readonly [what: string, environment: Environment, change: Change];
