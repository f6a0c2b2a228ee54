import type { Environment } from "../../settings/environment";
import { azure } from "../fixtures/azure";
import { local } from "../fixtures/local";
import { minio } from "../fixtures/minio";
import { production } from "../fixtures/production";
import { staging } from "../fixtures/staging";
import { traced } from "../fixtures/traced";
import { zipkin } from "../fixtures/zipkin";
import type { Change } from "./change";

const network = "must be a network in CIDR notation, whose address has only zeros after the prefix";

const payments = { chat: { slack: { channel: "#payments", apiUrlKey: "slack-api-url" } } };

/** A wrong value with the reported fault. */
export const brokenValues: readonly (readonly [
  what: string,
  environment: Environment,
  change: Change,
  expected: string,
])[] = [
  [
    "more traces than all",
    traced,
    { "tracing.sampling.ratio": 10 },
    "tracing.sampling.ratio: must be at most 1, got 10\n    write a share such as 0.1",
  ],
  [
    "a trace that is slow only when the collector has already decided about it",
    traced,
    { "tracing.sampling.slowerThan": "30s" },
    'tracing.sampling.slowerThan: must be at most 10s: the collector decides about a trace some seconds after its first span, got "30s"\n    use a duration such as `1s`',
  ],
  [
    "two replicas of Badger",
    traced,
    { "tracing.replicas": 2 },
    "tracing.replicas: must be 1 unless the traces are in Elasticsearch or OpenSearch: replicas share neither a volume nor memory, got 2\n    use 1, or configure a server as `tracing.storage`",
  ],
  [
    "two replicas of Zipkin's memory",
    zipkin,
    { "tracing.replicas": 2 },
    "tracing.replicas: must be 1 unless the traces are in Elasticsearch or OpenSearch: replicas share neither a volume nor memory, got 2\n    use 1, or configure a server as `tracing.storage`",
  ],
  [
    "traces that Badger deletes at once",
    traced,
    { "tracing.storage.retention": "30m" },
    'tracing.storage.retention: must be at least 1h: Badger frees the space of old traces slowly, got "30m"\n    use `1d` or more',
  ],
  [
    "half a day of traces in a server, which deletes the index of a day",
    minio,
    { "tracing.storage.retention": "36h" },
    'tracing.storage.retention: must be a number of whole days: Elasticsearch and OpenSearch delete the index of a day, got "36h"\n    write it such as `7d`',
  ],
  [
    "an index in upper case",
    minio,
    { "tracing.storage.indexPrefix": "Shop" },
    'tracing.storage.indexPrefix: must be the beginning of an index name: at most 63 lower-case letters, digits and dashes, got "Shop"\n    write it such as `shop`',
  ],
  [
    "a certificate authority of a server without TLS",
    traced,
    {
      "tracing.storage": {
        type: "elasticsearch",
        url: "http://es.example.com",
        ca: { name: "es", key: "ca.crt" },
        retention: "1d",
      },
    },
    'tracing.storage.ca: must not be set for a URL that begins with http://, got { name: "es", key: "ca.crt" }\n    write the URL with https://, or remove `ca`',
  ],
  [
    "the path that the collector appends",
    azure,
    { "tracing.endpoint": "https://otlp.example.com/v1/traces" },
    'tracing.endpoint: must not end with `/v1/traces`, which the collector appends, got "https://otlp.example.com/v1/traces"\n    remove this part',
  ],
  [
    "a header with a colon",
    azure,
    { "tracing.headers": { "Authorization:": { name: "otlp", key: "token" } } },
    'tracing.headers["Authorization:"]: must be the name of a header of HTTP: letters, digits and dashes\n    write it such as `Authorization`',
  ],
  [
    "a misspelt service of a team",
    production,
    { teams: { payments: { ...payments, services: ["erp-wroker"] } } },
    'teams.payments.services[0]: must be one of `alertmanager`, `celery-exporter`, `containers`, `dns`, `elasticsearch`, `erp`, `erp-api`, `erp-beat`, `erp-worker`, `log-agent`, `loki`, `monitoring`, `nodes`, `platform`, `postgresql`, `prometheus`, `redis`, `volumes`, `workloads`, got "erp-wroker"\n    did you mean `erp-worker`?',
  ],
  [
    "the name of the platform for another team",
    production,
    { teams: { platform: payments } },
    "teams.platform: must not be `platform`: the receivers of this team are `alertmanager.receivers`\n    choose the name of another team",
  ],
  [
    "a team whose name is no label value",
    production,
    { teams: { Payments: payments } },
    "teams.Payments: must be an RFC 1123 label: at most 63 lower-case letters, digits and dashes\n    choose a name such as `erp-redis`",
  ],
  [
    "a cluster without nodes",
    production,
    { "scale.nodes": 0 },
    "scale.nodes: must be at least 1, got 0\n    use 1 or more",
  ],
  [
    "no log lines",
    production,
    { "scale.logLinesPerSecond": 0 },
    "scale.logLinesPerSecond: must be above zero, got 0\n    write the mean over a day, such as 20 or 0.5",
  ],
  [
    "a number of log lines as text",
    production,
    { "scale.logLinesPerSecond": "20" },
    'scale.logLinesPerSecond: must be a number, got "20"\n    write the mean over a day, such as 20',
  ],
  [
    "one namespace twice",
    production,
    { teams: { payments: { ...payments, namespaces: ["payments", "payments"] } } },
    'teams.payments.namespaces: must not contain duplicates, got ["payments", "payments"]\n    remove the repeated entry',
  ],
  [
    "an override whose reason contains a variable of Grafana",
    production,
    { alerts: { RedisMemoryHigh: { above: 0.9, because: "the cache costs $memory" } } },
    'alerts.RedisMemoryHigh.because: must contain no variable of Grafana: descriptions of panels show it, got "the cache costs $memory"\n    write it without `$` and `[[`',
  ],
  [
    "an override that changes nothing",
    production,
    { alerts: { RedisMemoryHigh: { because: "a reason" } } },
    'alerts.RedisMemoryHigh: must change something, got { because: "a reason" }\n    add `off`, `above`, `below`, `for`, `severity` or `team`, or remove the override',
  ],
  [
    "an override that changes an alert that it switches off",
    production,
    { alerts: { RedisMemoryHigh: { off: true, above: 0.9, because: "a reason" } } },
    'alerts.RedisMemoryHigh: must change nothing else where `off` is set: the alert is not there, got { off: true, above: 0.9, because: "a reason" }\n    remove `off`, or the other changes',
  ],
  [
    "a last day that the calendar lacks",
    production,
    { alerts: { RedisMemoryHigh: { above: 0.9, until: "2027-02-29", because: "a reason" } } },
    'alerts.RedisMemoryHigh.until: must be a date of the calendar: year, month and day, got "2027-02-29"\n    write it such as `2027-03-01`',
  ],
  [
    "a time for which nobody would be notified",
    production,
    { alerts: { RedisMemoryHigh: { for: "25h", because: "a reason" } } },
    'alerts.RedisMemoryHigh.for: must be at most 1d: nobody would be notified in time, got "25h"\n    write a shorter duration, such as `30m`',
  ],
  [
    "a misspelt key",
    production,
    { "prometheus.retentionSise": "80GB" },
    "prometheus.retentionSise: is not a setting\n    did you mean `retentionSize`?",
  ],
  [
    "a key with two letters swapped",
    production,
    { "erp.celery.qeueus": ["default"] },
    "erp.celery.qeueus: is not a setting\n    did you mean `queues`?",
  ],
  [
    "a key that resembles no setting",
    production,
    { "erp.celery.beat.colour": "red" },
    "erp.celery.beat.colour: is not a setting\n    leave it out, or choose one of resources, pod",
  ],
  [
    "a misspelt key of a value that has several forms",
    production,
    { "erp.api.scale": { minReplicas: 2, maxReplicas: 4, targetCpuUtilization: 70, maxReplica: 5 } },
    "erp.api.scale.maxReplica: is not a setting\n    did you mean `maxReplicas`?",
  ],
  [
    "two forms of a value at once",
    production,
    { "erp.api.scale": { replicas: 2, minReplicas: 2 } },
    "erp.api.scale.minReplicas: is not a setting\n    leave it out, or choose one of replicas",
  ],
  [
    "a value in none of its forms",
    production,
    { "erp.api.scale": 3 },
    "erp.api.scale: must be an object, got 3\n    write it as { replicas }, or as { minReplicas, maxReplicas, targetCpuUtilization }",
  ],
  [
    "an Ingress without a way to know users",
    production,
    { "erp.identity": undefined },
    "erp.identity: is required\n    add `identity: { mode: …, issuer: …, audience: …, keys: … },`: write it as { mode, issuer, audience, keys } with the mode `oidc`; or as { mode } with the mode `own`, if the image authenticates its users by itself",
  ],
  [
    "no way to know users, without an Ingress",
    local,
    { "erp.identity": undefined },
    "erp.identity: is required\n    add `identity: { mode: …, issuer: …, audience: …, keys: … },`: write it as { mode, issuer, audience, keys } with the mode `oidc`; or as { mode } with the mode `own`, if the image authenticates its users by itself",
  ],
  [
    "an unknown way to know users",
    production,
    { "erp.identity.mode": "oicd" },
    'erp.identity.mode: must be one of `oidc`, `own`, got "oicd"\n    did you mean `oidc`?',
  ],
  [
    "an issuer with a space at its end",
    production,
    { "erp.identity.issuer": "https://login.shop.test " },
    'erp.identity.issuer: must not begin or end with white space or with an invisible character, got "https://login.shop.test "\n    remove it',
  ],
  [
    "an issuer with a query",
    production,
    { "erp.identity.issuer": "https://login.shop.test/?realm=erp" },
    'erp.identity.issuer: must have no query and no fragment (RFC 8414), got "https://login.shop.test/?realm=erp"\n    copy `issuer` from the issuer\'s discovery document',
  ],
  [
    "an audience with a line break at its end",
    production,
    { "erp.identity.audience": "erp\n" },
    'erp.identity.audience: must not begin or end with white space or with an invisible character, got "erp\\n"\n    remove it',
  ],
  [
    "keys of an issuer in no form",
    production,
    { "erp.identity.keys": "https://login.shop.test/keys" },
    'erp.identity.keys: must be an object, got "https://login.shop.test/keys"\n    write it as { uri }, or as { secret: { name, key } }',
  ],
  [
    "keys of an issuer that are fetched without TLS",
    production,
    { "erp.identity.keys.uri": "http://login.shop.test/keys" },
    'erp.identity.keys.uri: must begin with https://: without TLS, an attacker who replaces the keys in transit can sign tokens, got "http://login.shop.test/keys"\n    copy `jwks_uri` from the issuer\'s discovery document',
  ],
  [
    "keys of an issuer in both forms",
    production,
    { "erp.identity.keys": { uri: "https://login.shop.test/keys", secret: { name: "login", key: "jwks" } } },
    'erp.identity.keys: must have one of its forms, got { uri: "https://login.shop.test/keys", secret: { name: "login", key: *** } }\n    write it as { uri }, or as { secret: { name, key } }',
  ],
  [
    "keys of an issuer in no form",
    production,
    { "erp.identity.keys": {} },
    "erp.identity.keys: must have one of its forms, got {}\n    write it as { uri }, or as { secret: { name, key } }",
  ],
  [
    "a Date in place of a text",
    production,
    { "loki.schemaFrom": new Date("2026-01-01") },
    "loki.schemaFrom: must be a day, got the Date 2026-01-01T00:00:00.000Z\n    write it such as `2026-01-01`",
  ],
  [
    "a Map in place of an object",
    production,
    { "prometheus.externalLabels": new Map([["region", "eu"]]) },
    "prometheus.externalLabels: must be an object, got a Map\n    write names and texts in { }, or an empty { }",
  ],
  [
    "the name that Kubernetes has for a setting",
    production,
    { "cluster.ingress": { ingressClassName: "nginx", controllerNamespace: "ingress-nginx" } },
    "cluster.ingress.ingressClassName: is not a setting\n    did you mean `className`?",
  ],
  [
    "a setting in another object than its own",
    production,
    { "erp.ingress.ingressClassName": "nginx" },
    "erp.ingress.ingressClassName: is not a setting\n    did you mean `cluster.ingress.className`?",
  ],
  [
    "a misspelt receiver that the tier requires",
    production,
    {
      "alertmanager.receivers": {
        pagre: production.alertmanager.receivers.pager,
        chat: production.alertmanager.receivers.chat,
      },
    },
    "alertmanager.receivers.pagre: is not a setting\n    did you mean `pager`?",
  ],
  [
    "a receiver of an unknown kind",
    production,
    { "alertmanager.receivers.chat": { discord: { urlKey: "discord-url" } } },
    "alertmanager.receivers.chat.discord: is not a setting\n    leave it out, or choose one of slack, msteams, telegram, pagerduty, jiraServiceManagement, opsgenie, email, webhook",
  ],
  [
    "a missing key",
    production,
    { "prometheus.retention": undefined },
    'prometheus.retention: is required\n    add `retention: "…",`: write a number and a unit, such as `30s`, `15d` or `1h30m`',
  ],
  [
    "a missing choice",
    production,
    { clusterMonitoring: undefined },
    'clusterMonitoring: is required\n    start from a preset such as `...small`, or add `clusterMonitoring: "…",`: choose one of `curated`, `full`',
  ],
  [
    "a missing object",
    production,
    { "erp.redis.secret": undefined },
    "erp.redis.secret: is required\n    add `secret: { name: …, key: … },`: write it as { name, key }",
  ],
  [
    "a misspelt choice",
    production,
    { "cluster.operator": "exsiting" },
    'cluster.operator: must be one of `install`, `existing`, got "exsiting"\n    did you mean `existing`?',
  ],
  [
    "an unknown form of a value that has several",
    production,
    { "grafana.mode": "cloud" },
    'grafana.mode: must be one of `on`, `existing`, `off`, got "cloud"\n    choose one of `on`, `existing`, `off`',
  ],
  [
    "a value without the key that names its form",
    production,
    { "state.backend": undefined },
    'state.backend: is required\n    add `backend: "…",`: choose one of `local`, `kubernetes`, `s3`, `gcs`, `azurerm`',
  ],
  [
    "a number where text belongs",
    production,
    { "state.profile": 7 },
    "state.profile: must be text, got 7\n    write text in quotes",
  ],
  [
    "text where a number belongs",
    production,
    { "erp.slos.latency.threshold": "500ms" },
    'erp.slos.latency.threshold: must be a number, got "500ms"\n    write a number, without quotes',
  ],
  [
    "text where true or false belongs",
    production,
    { "loki.canary": "yes" },
    'loki.canary: must be true or false, got "yes"\n    write true or false, without quotes',
  ],
  [
    "text where a list belongs",
    production,
    { "erp.celery.queues": "default,reports" },
    'erp.celery.queues: must be a list, got "default,reports"\n    write it in [ ], even with one entry or none',
  ],
  [
    "a list where names and texts belong",
    production,
    { "prometheus.externalLabels": ["region"] },
    'prometheus.externalLabels: must be an object, got ["region"]\n    write names and texts in { }, or an empty { }',
  ],
  [
    "an empty list",
    production,
    { "erp.celery.queues": [] },
    "erp.celery.queues: must not be empty, got []\n    write a value, or leave the setting out if it is optional",
  ],
  [
    "an empty text",
    production,
    { "state.profile": "" },
    'state.profile: must not be empty, got ""\n    write a value, or leave the setting out if it is optional',
  ],
  [
    "a proxy without a prefix",
    production,
    { "cluster.ingress.trustedProxies": ["10.244.0.7"] },
    `cluster.ingress.trustedProxies[0]: ${network}, got "10.244.0.7"\n    write it such as \`10.244.0.0/16\` or \`fd00:10:244::/56\``,
  ],
  [
    "every address as a proxy",
    production,
    { "cluster.ingress.trustedProxies": ["0.0.0.0/0"] },
    'cluster.ingress.trustedProxies[0]: must not contain every address: any caller could then state another address, got "0.0.0.0/0"\n    write the networks of the proxies, such as `10.244.0.0/16`',
  ],
  [
    "a network with an address of one pod",
    production,
    { "cluster.ingress.trustedProxies": ["10.244.0.7/16"] },
    `cluster.ingress.trustedProxies[0]: ${network}, got "10.244.0.7/16"\n    write it such as \`10.244.0.0/16\` or \`fd00:10:244::/56\``,
  ],
  [
    "an address that does not exist",
    production,
    { "cluster.ingress.trustedProxies": ["10.244.0.256/32"] },
    `cluster.ingress.trustedProxies[0]: ${network}, got "10.244.0.256/32"\n    write it such as \`10.244.0.0/16\` or \`fd00:10:244::/56\``,
  ],
  [
    "a prefix that is too long",
    production,
    { "cluster.ingress.trustedProxies": ["10.244.0.0/33"] },
    `cluster.ingress.trustedProxies[0]: ${network}, got "10.244.0.0/33"\n    write it such as \`10.244.0.0/16\` or \`fd00:10:244::/56\``,
  ],
  [
    "an IPv6 network with bits after the prefix",
    production,
    { "cluster.ingress.trustedProxies": ["fd00:10:244:1::/56"] },
    `cluster.ingress.trustedProxies[0]: ${network}, got "fd00:10:244:1::/56"\n    write it such as \`10.244.0.0/16\` or \`fd00:10:244::/56\``,
  ],
  [
    "a command without a program",
    production,
    { "erp.commands.api": [] },
    "erp.commands.api: must not be empty, got []\n    write a value, or leave the setting out if it is optional",
  ],
  [
    "public paths without a host",
    production,
    { "erp.ingress.hosts": [] },
    "erp.ingress.hosts: must not be empty, got []\n    write a value, or leave the setting out if it is optional",
  ],
  [
    "a host without public paths",
    production,
    { "erp.ingress.paths": [] },
    "erp.ingress.paths: must not be empty, got []\n    write a value, or leave the setting out if it is optional",
  ],
  [
    "a mute time without a day",
    staging,
    { "alertmanager.muteTimes.0.weekdays": [] },
    "alertmanager.muteTimes[0].weekdays: must not be empty, got []\n    write a value, or leave the setting out if it is optional",
  ],
  [
    "a mute time without an hour",
    staging,
    { "alertmanager.muteTimes.0.times": [] },
    "alertmanager.muteTimes[0].times: must not be empty, got []\n    write a value, or leave the setting out if it is optional",
  ],
  [
    "a key that no Secret can have",
    production,
    { "alertmanager.receivers.chat.slack.apiUrlKey": "slack api url" },
    'alertmanager.receivers.chat.slack.apiUrlKey: must be a key of a Secret: letters, digits, `-`, `_` and `.`, got "slack api url"\n    write the name of the key, never the secret itself',
  ],
  [
    "a size in words",
    production,
    { "prometheus.retentionSize": "80 gigabytes" },
    'prometheus.retentionSize: must be a size above zero in Prometheus format, got "80 gigabytes"\n    write a number and a unit, such as `40GB`',
  ],
  [
    "a negative time before the stop",
    production,
    { "erp.api.preStopSeconds": -1 },
    "erp.api.preStopSeconds: must not be negative, got -1\n    use 0 or more",
  ],
  [
    "an empty context",
    production,
    { "cluster.context": "" },
    'cluster.context: must not be empty, got ""\n    write the name of a context; `kubectl config get-contexts` lists them',
  ],
  [
    "a name that Kubernetes refuses",
    production,
    { "cluster.storageClass": "Fast_SSD" },
    'cluster.storageClass: must be an RFC 1123 subdomain: at most 253 lower-case letters, digits, dashes and dots, got "Fast_SSD"\n    choose a name such as `erp-redis`',
  ],
  [
    "samples of one byte",
    local,
    { "prometheus.retentionSize": "1B" },
    'prometheus.retentionSize: must be at least 512MB: the newest three segments of the write-ahead log, of 128 MiB each, are counted and never deleted, so that with less no block is kept, got "1B"\n    use a size such as `8GB`',
  ],
  [
    "samples of less than the write-ahead log",
    local,
    { "prometheus.retentionSize": "511MB" },
    'prometheus.retentionSize: must be at least 512MB: the newest three segments of the write-ahead log, of 128 MiB each, are counted and never deleted, so that with less no block is kept, got "511MB"\n    use a size such as `8GB`',
  ],
  [
    "a retention of zero",
    production,
    { "prometheus.retention": "0d" },
    'prometheus.retention: must be a duration above zero in Prometheus format, got "0d"\n    write a number and a unit, such as `30s`, `15d` or `1h30m`',
  ],
  [
    "a quantity without a unit",
    production,
    { "loki.storage.walSize": "10" },
    'loki.storage.walSize: must be a quantity above zero with a binary unit, got "10"\n    write a number with Ki, Mi, Gi or Ti, such as `512Mi`',
  ],
  [
    "millicores written as cores",
    production,
    { "erp.api.resources.requests.cpu": "100" },
    'erp.api.resources.requests.cpu: must be at most 64 cores: a number without a unit counts whole cores, got "100"\n    write millicores with an m, such as `100m`',
  ],
  [
    "CPU in words",
    production,
    { "erp.api.resources.requests.cpu": "half" },
    'erp.api.resources.requests.cpu: must be a quantity of CPU above zero, as text, got "half"\n    write millicores such as `250m`, or cores such as `1`',
  ],
  [
    "CPU as a number",
    production,
    { "erp.api.resources.requests.cpu": 100 },
    "erp.api.resources.requests.cpu: must be a quantity of CPU above zero, as text, got 100\n    write millicores such as `250m`, or cores such as `1`",
  ],
  [
    "memory without a limit",
    production,
    { "loki.resources.limits": {} },
    'loki.resources.limits.memory: is required\n    add `memory: "…",`: write a number with Ki, Mi, Gi or Ti, such as `512Mi`',
  ],
  [
    "more memory requested than allowed",
    production,
    { "loki.resources": { requests: { cpu: "1", memory: "1Gi" }, limits: { memory: "1023Mi" } } },
    'loki.resources.requests.memory: must not be above the limit, got "1Gi"\n    lower the request, or raise the limit',
  ],
  [
    "more CPU requested than allowed",
    production,
    { "loki.resources.limits.cpu": "0.4" },
    'loki.resources.requests.cpu: must not be above the limit, got "500m"\n    lower the request, or raise the limit',
  ],
  [
    "a fraction of a replica",
    production,
    { "prometheus.replicas": 2.5 },
    "prometheus.replicas: must be a whole number, got 2.5\n    write a whole number, without quotes",
  ],
  [
    "zero replicas",
    staging,
    { "prometheus.replicas": 0 },
    "prometheus.replicas: must be at least 1, got 0\n    use 1 or more",
  ],
  [
    "an image without a tag",
    production,
    { "erp.image": "registry.example.com:5000/erp" },
    'erp.image: must have a tag or a digest: without one, it means the tag `latest`, got "registry.example.com:5000/erp"\n    write it such as `registry.example.com/erp:1.4.2`',
  ],
  [
    "the latest image",
    production,
    { "erp.image": "registry.example.com/erp:latest" },
    'erp.image: must not have a tag that is moved to newer images: two pods of one rollout could run different versions, got "registry.example.com/erp:latest"\n    write the tag of a version such as `1.4.2`, or add the digest',
  ],
  [
    "a URL without a scheme",
    production,
    { "alertmanager.externalUrl": "alertmanager.example.com" },
    'alertmanager.externalUrl: must be a URL with https:// or http://, a host, and only characters of RFC 3986, got "alertmanager.example.com"\n    write the full URL, such as `https://grafana.example.com`, with `%7B` in place of `{`, for example',
  ],
  [
    "a URL with an action of a template",
    production,
    { runbookBaseUrl: "https://wiki.example.com/{{.Name}}" },
    'runbookBaseUrl: must be a URL with https:// or http://, a host, and only characters of RFC 3986, got "https://wiki.example.com/{{.Name}}"\n    write the full URL, such as `https://grafana.example.com`, with `%7B` in place of `{`, for example',
  ],
  [
    "a host name with a scheme",
    production,
    { "erp.ingress.hosts": ["https://erp.example.com"] },
    'erp.ingress.hosts[0]: must be a host name (RFC 1123): labels of at most 63 lower-case letters, digits and dashes, got "https://erp.example.com"\n    write it without scheme, port and path, such as `erp.example.com`',
  ],
  [
    "an annotation that Kubernetes refuses",
    production,
    { "erp.ingress.annotations": { "a b/c d": "e" } },
    'erp.ingress.annotations["a b/c d"]: must be a valid name of a Kubernetes annotation\n    write it such as `cert-manager.io/cluster-issuer`',
  ],
  [
    "a label that is already set",
    production,
    { "prometheus.externalLabels": { environment: "p" } },
    "prometheus.externalLabels.environment: must be a label name other than `environment`, `prometheus` and `prometheus_replica`, which are already set\n    use letters, digits and underscores, such as `region`",
  ],
  [
    "a runbook address that ends with a slash",
    production,
    { runbookBaseUrl: "https://example.com/runbooks/" },
    'runbookBaseUrl: must not end with a slash: one is added before the name of the page, got "https://example.com/runbooks/"\n    remove the slash',
  ],
  [
    "an image mirror with a scheme",
    production,
    { "mirrors.images": "https://registry.example.com" },
    'mirrors.images: must be a registry without a scheme and without a trailing slash, got "https://registry.example.com"\n    write it such as `registry.example.com:5000/mirror`',
  ],
  [
    "a chart mirror of an unknown kind",
    production,
    { "mirrors.charts": "file:///charts" },
    'mirrors.charts: must be a repository (https:// or oci://) or a folder, got "file:///charts"\n    write it such as `oci://registry.example.com/charts`, or `vendor/charts` for a folder of the project',
  ],
  [
    "a suffix of state Secrets that leaves no room for the layer",
    production,
    { state: { backend: "kubernetes", namespace: "tf", config_context: "ops", secret_suffix: "x".repeat(53) } },
    `state.secret_suffix: must be at most 52 lower-case letters, digits and dashes, got "${"x".repeat(53)}"\n    choose a suffix such as \`erp\``,
  ],
  [
    "the same queue twice",
    production,
    { "erp.celery.queues": ["default", "reports", "default"] },
    'erp.celery.queues: must not contain duplicates, got ["default", "reports", "default"]\n    remove the repeated entry',
  ],
  [
    "a public path that covers the metrics",
    production,
    { "erp.ingress.paths": ["/api", "/"] },
    'erp.ingress.paths[1]: must not include /metrics, which must stay private to the cluster, got "/"\n    list the ERP\'s own paths, such as `/api`',
  ],
  [
    "a public probe of a path that is not public",
    production,
    { "erp.ingress.probePath": "/apis/status" },
    'erp.ingress.probePath: must be one of the public `paths`, or below one of them, got "/apis/status"\n    add the path to `paths`, or choose a path below one of them',
  ],
  [
    "the metrics as a public path",
    production,
    { "erp.ingress.paths": ["/metrics/"] },
    'erp.ingress.paths[0]: must not include /metrics, which must stay private to the cluster, got "/metrics/"\n    list the ERP\'s own paths, such as `/api`',
  ],
  [
    "a public path that covers the readiness",
    production,
    { "erp.ingress.paths": ["/api", "/healthz"], "erp.ingress.probePath": "/api/health" },
    'erp.ingress.paths[1]: must not include /healthz/ready, which names the servers that the ERP cannot reach, got "/healthz"\n    list `/healthz/live` for the probe, and the ERP\'s own paths, such as `/api`',
  ],
  [
    "the readiness as a public path",
    production,
    { "erp.ingress.paths": ["/api", "/healthz/ready/"], "erp.ingress.probePath": "/api/health" },
    'erp.ingress.paths[1]: must not include /healthz/ready, which names the servers that the ERP cannot reach, got "/healthz/ready/"\n    list `/healthz/live` for the probe, and the ERP\'s own paths, such as `/api`',
  ],
  [
    "a malformed path",
    production,
    { "erp.ingress.paths": ["/api/../metrics"] },
    'erp.ingress.paths[0]: must be a path that starts with / and needs no escapes, got "/api/../metrics"\n    write it such as `/api`',
  ],
  [
    "a Slack channel with a space",
    production,
    { "alertmanager.receivers.chat.slack.channel": "#erp alerts" },
    'alertmanager.receivers.chat.slack.channel: must be a channel in lower case after #, a user after @, or the ID of one of them, got "#erp alerts"\n    write it such as `#erp` or `C024BE91L`',
  ],
  [
    "a Slack channel without its sign",
    production,
    { "alertmanager.receivers.chat.slack.channel": "erp" },
    'alertmanager.receivers.chat.slack.channel: must be a channel in lower case after #, a user after @, or the ID of one of them, got "erp"\n    write it such as `#erp` or `C024BE91L`',
  ],
  [
    "a receiver without an integration",
    production,
    { "alertmanager.receivers.chat": {} },
    "alertmanager.receivers.chat: must have at least one integration, got {}\n    add `slack`, `msteams`, `pagerduty`, `email`, `webhook` or another integration, or leave the receiver out",
  ],
  [
    "a mail server's user without a password",
    production,
    {
      "alertmanager.receivers.chat": {
        email: { to: "a@example.com", from: "b@example.com", smarthost: "smtp.example.com:587", username: "b" },
      },
    },
    "alertmanager.receivers.chat.email.passwordKey: must be set if and only if `username` is set\n    set both or neither",
  ],
  [
    "a password for a mail server without TLS",
    production,
    {
      "alertmanager.receivers.chat": {
        email: {
          to: "a@example.com",
          from: "b@example.com",
          smarthost: "smtp.example.com:25",
          username: "b",
          passwordKey: "smtp-password",
          requireTls: false,
        },
      },
    },
    "alertmanager.receivers.chat.email.requireTls: must not be `false` together with a password: Alertmanager sends a password unencrypted with LOGIN, and refuses to with PLAIN, got false\n    remove `username` and `passwordKey`, or use a server with STARTTLS",
  ],
  [
    "a mail server without TLS on the port of TLS",
    production,
    {
      "alertmanager.receivers.chat": {
        email: { to: "a@example.com", from: "b@example.com", smarthost: "smtp.example.com:465", requireTls: false },
      },
    },
    "alertmanager.receivers.chat.email.requireTls: must not be set with port 465, where TLS starts with the connection, got false\n    remove it, or write the port on which the server accepts mail without TLS, such as 25",
  ],
  [
    "the name of a Telegram chat",
    production,
    { "alertmanager.receivers.chat": { telegram: { chatId: "@erp", botTokenKey: "telegram" } } },
    'alertmanager.receivers.chat.telegram.chatId: must be the number of a chat, got "@erp"\n    write it such as -1001234567890, without quotes',
  ],
  [
    "no Telegram chat",
    production,
    { "alertmanager.receivers.chat": { telegram: { chatId: 0, botTokenKey: "telegram" } } },
    "alertmanager.receivers.chat.telegram.chatId: must not be 0, got 0\n    write the number of the chat, such as -1001234567890",
  ],
  [
    "an unknown region of Opsgenie",
    production,
    { "alertmanager.receivers.chat": { opsgenie: { credentialKey: "opsgenie", region: "EU" } } },
    'alertmanager.receivers.chat.opsgenie.region: must be one of `us`, `eu`, got "EU"\n    choose one of `us`, `eu`',
  ],
  [
    "an invalid e-mail address",
    production,
    {
      "alertmanager.receivers.chat": {
        email: { to: "platform", from: "b@example.com", smarthost: "smtp.example.com:587" },
      },
    },
    'alertmanager.receivers.chat.email.to: must be an e-mail address, or several with commas between them, got "platform"\n    write it such as `platform@example.com`, and separate several with commas',
  ],
  [
    "a mail server without a port",
    production,
    {
      "alertmanager.receivers.chat": {
        email: { to: "a@example.com", from: "b@example.com", smarthost: "smtp.example.com" },
      },
    },
    'alertmanager.receivers.chat.email.smarthost: must be host:port, with a port from 1 to 65535, got "smtp.example.com"\n    write it such as `smtp.example.com:587`, or `[2001:db8::1]:587` with an IPv6 address',
  ],
  [
    "two mute times with the same name",
    staging,
    { "alertmanager.muteTimes": ["monday", "friday"].map((day) => ({ name: "a", weekdays: [day], location: "UTC" })) },
    'alertmanager.muteTimes: must not contain duplicates, got [{ name: "a", weekdays: ["monday"], location: "UTC" }, { name: "a", weekdays: ["friday"], location: …\n    remove the repeated entry',
  ],
  [
    "a mute time that never ends",
    staging,
    { "alertmanager.muteTimes": [{ name: "nights", location: "UTC" }] },
    'alertmanager.muteTimes[0]: must set days or times: without both, the alerts would always be muted, got { name: "nights", location: "UTC" }\n    add `weekdays`, `times` or both',
  ],
  [
    "a range that passes midnight",
    staging,
    { "alertmanager.muteTimes.0.times": [{ start: "22:00", end: "06:00" }] },
    'alertmanager.muteTimes[0].times[0].end: must be after `start`, got "06:00"\n    split a range that crosses midnight into two: one until 24:00 and one from 00:00',
  ],
  [
    "an hour that does not exist",
    staging,
    { "alertmanager.muteTimes.0.times": [{ start: "22:00", end: "24:30" }] },
    'alertmanager.muteTimes[0].times[0].end: must be a time of day, got "24:30"\n    write it such as `22:00`',
  ],
  [
    "a time zone in lower case",
    staging,
    { "alertmanager.muteTimes.0.location": "europe/berlin" },
    'alertmanager.muteTimes[0].location: must be a name of the IANA time zone database, got "europe/berlin"\n    write it such as `Europe/Berlin`',
  ],
  [
    "a time zone that does not exist",
    staging,
    { "alertmanager.muteTimes.0.location": "Europe/Atlantis" },
    'alertmanager.muteTimes[0].location: must be a name of the IANA time zone database, got "Europe/Atlantis"\n    write it such as `Europe/Berlin`',
  ],
  [
    "samples that outgrow their volume",
    local,
    { "prometheus.retentionSize": "1741MB" },
    'prometheus.retentionSize: must be at most 85 % of `storage`: the write-ahead log needs the rest, got "1741MB"\n    lower it, or raise `prometheus.storage`',
  ],
  [
    "the same remote write twice",
    production,
    { "prometheus.remoteWrite": [{ url: "https://m.example.com/push" }, { url: "https://m.example.com/push" }] },
    'prometheus.remoteWrite: must not contain duplicates, got [{ url: "https://m.example.com/push" }, { url: "https://m.example.com/push" }]\n    remove the repeated entry',
  ],
  [
    "two kinds of credentials for remote write",
    production,
    {
      "prometheus.remoteWrite": [
        {
          url: "https://m.example.com/push",
          bearerToken: { name: "m", key: "bearer" },
          sigv4: { region: "eu-central-1" },
        },
      ],
    },
    'prometheus.remoteWrite[0]: must have at most one of `basicAuth`, `bearerToken`, `oauth2` and `sigv4`: Prometheus refuses two kinds of credentials, got { url: "https://m.example.com/push", bearerToken: { name: "m", key: *** }, sigv4: { region: "eu-cent…\n    keep the one that the receiver expects',
  ],
  [
    "certificates for a remote write without TLS",
    production,
    { "prometheus.remoteWrite": [{ url: "http://m.example.com/push", tls: { serverName: "m.example.com" } }] },
    'prometheus.remoteWrite[0].tls: must not be set for a URL that begins with http://, got { serverName: "m.example.com" }\n    write the URL with https://, or remove `tls`',
  ],
  [
    "a client certificate without its key",
    production,
    { "prometheus.remoteWrite": [{ url: "https://m.example.com/push", tls: { cert: { name: "m", key: "tls.crt" } } }] },
    "prometheus.remoteWrite[0].tls.key: must be set if and only if `cert` is set\n    set both or neither",
  ],
  [
    "an access key of AWS without its secret",
    production,
    {
      "prometheus.remoteWrite": [
        { url: "https://m.example.com/push", sigv4: { region: "eu-central-1", accessKey: { name: "m", key: "id" } } },
      ],
    },
    "prometheus.remoteWrite[0].sigv4.secretKey: must be set if and only if `accessKey` is set\n    set both or neither",
  ],
  [
    "an invalid tenant",
    production,
    { "prometheus.remoteWrite": [{ url: "https://m.example.com/push", tenant: "shop/eu" }] },
    'prometheus.remoteWrite[0].tenant: must be the id of a tenant: at most 150 letters, digits and characters of `!-_.*\'()`, got "shop/eu"\n    write it such as `shop`',
  ],
  [
    "a regular expression of remote write that RE2 refuses",
    production,
    {
      "prometheus.remoteWrite": [
        {
          url: "https://m.example.com/push",
          writeRelabelings: [{ action: "keep", sourceLabels: ["job"], regex: "erp(" }],
        },
      ],
    },
    'prometheus.remoteWrite[0].writeRelabelings[0].regex: must be a regular expression of RE2, and is not a regular expression of RE2: missing closing ): `erp(`, got "erp("\n    correct it',
  ],
  [
    "a variable in a relabeling of remote write",
    production,
    {
      "prometheus.remoteWrite": [
        {
          url: "https://m.example.com/push",
          writeRelabelings: [{ action: "keep", sourceLabels: ["job"], regex: "erp$(POD_NAME)" }],
        },
      ],
    },
    'prometheus.remoteWrite[0].writeRelabelings[0].regex: must not contain `$(NAME)`, which the reloader of Prometheus replaces with a variable, got "erp$(POD_NAME)"\n    write it in another way, such as `$[(]` in a regular expression',
  ],
  [
    "a selector in place of the metric of backups",
    production,
    { "erp.postgresql.backup": { metric: 'backup_time{kind="full"}', maxAge: "26h" } },
    'erp.postgresql.backup.metric: must be the name of a metric, without labels, got "backup_time{kind=\\"full\\"}"\n    write it such as `cnpg_collector_last_available_backup_timestamp`',
  ],
  [
    "two Grafanas without a database between them",
    production,
    { "grafana.replicas": 2 },
    "grafana.replicas: must be 1: each replica would have its own database, got 2\n    use 1",
  ],
  [
    "Grafana below a path",
    production,
    { "grafana.url": "https://grafana.example.com/grafana" },
    'grafana.url: must have no path: below a path, Grafana redirects the probes of its pod and the requests of `verify` to this address, got "https://grafana.example.com/grafana"\n    give Grafana a host of its own, such as `https://grafana.example.com`',
  ],
  [
    "a Grafana that visitors reach under another host",
    production,
    { "grafana.url": "https://grafana.example.org" },
    'grafana.url: must have the host of `grafana.ingress.host`: Grafana redirects every other host to its URL, got "https://grafana.example.org"\n    use the same host in both',
  ],
  [
    "two Lokis on one volume",
    staging,
    { "loki.replicas": 2 },
    "loki.replicas: must be 1 with `filesystem` storage: replicas cannot share a volume, got 2\n    use 1, or configure a bucket as `loki.storage`",
  ],
  [
    "two Lokis on a bucket",
    production,
    { "loki.replicas": 2 },
    "loki.replicas: must be 1 or 3: with 3, Loki writes each line three times, got 2\n    use 3 to survive the loss of one replica",
  ],
  [
    "a log retention of less than a day",
    production,
    { "loki.retention": "23h" },
    'loki.retention: must be at least 1d: Loki deletes whole days, got "23h"\n    use `1d` or more',
  ],
  [
    "a schema that begins on an invalid day",
    production,
    { "loki.schemaFrom": "2026-02-30" },
    'loki.schemaFrom: must be a day, got "2026-02-30"\n    write it such as `2026-01-01`',
  ],
  [
    "a maximum of pods below the minimum",
    production,
    { "erp.api.scale.maxReplicas": 2 },
    "erp.api.scale.maxReplicas: must be at least `minReplicas`, got 2\n    raise it, or lower `minReplicas`",
  ],
  [
    "a CPU target of more than 100 %",
    production,
    { "erp.api.scale.targetCpuUtilization": 101 },
    "erp.api.scale.targetCpuUtilization: must be at most 100 %: it is a percentage of the pods' requests, got 101\n    use 70",
  ],
  [
    "a CPU target of zero",
    production,
    { "erp.api.scale.targetCpuUtilization": 0 },
    "erp.api.scale.targetCpuUtilization: must be at least 1 %, got 0\n    use 70",
  ],
  [
    "a latency threshold of zero",
    production,
    { "erp.slos.latency.threshold": 0 },
    "erp.slos.latency.threshold: must be above 0, got 0\n    write seconds such as 0.5",
  ],
  [
    "a negative share of traces",
    production,
    { "erp.sentry.tracesSampleRate": -0.1 },
    "erp.sentry.tracesSampleRate: must be at least 0, got -0.1\n    write a share such as 0.1",
  ],
  [
    "an objective so low that not even an outage fires its alerts",
    production,
    { "erp.slos.availability.objective": 0.93 },
    "erp.slos.availability.objective: must be at least 0.9306: the fastest alert fires when 14.4 × (1 − objective) of the requests fail, and this share must be below 1, got 0.93\n    write a share such as 0.999",
  ],
  [
    "an objective that allows no failure",
    production,
    { "erp.slos.availability.objective": 1 },
    "erp.slos.availability.objective: must be below 1, which would allow no failure at all, got 1\n    write a share such as 0.999",
  ],
  [
    "an objective with a window shorter than those of its alerts",
    production,
    { "erp.slos.latency.window": "3d" },
    'erp.slos.latency.window: must be longer than 3d, which is the window of the slowest burn-rate alert, got "3d"\n    use `30d`',
  ],
  [
    "a share of traces above 1",
    production,
    { "erp.sentry.tracesSampleRate": 1.1 },
    "erp.sentry.tracesSampleRate: must be at most 1, got 1.1\n    write a share such as 0.1",
  ],
  [
    "an organisation of Sentry that begins with a dash",
    azure,
    { "erp.sentry.project.organization": "-shop" },
    'erp.sentry.project.organization: must be the slug of an organisation: at most 50 letters, digits and dashes, not only digits, with no dash at its ends, got "-shop"\n    copy it from the address of the organisation in Sentry, such as `acme`',
  ],
  [
    "an organisation of Sentry of digits only",
    azure,
    { "erp.sentry.project.organization": "4711" },
    'erp.sentry.project.organization: must be the slug of an organisation: at most 50 letters, digits and dashes, not only digits, with no dash at its ends, got "4711"\n    copy it from the address of the organisation in Sentry, such as `acme`',
  ],
  [
    "a team of Sentry with its sign",
    azure,
    { "erp.sentry.project.team": "#erp" },
    'erp.sentry.project.team: must be the slug of a team: at most 50 lower-case letters, digits, dashes and underscores, not only digits, got "#erp"\n    write it such as `erp`',
  ],
  [
    "a project in Sentry in upper case",
    azure,
    { "erp.sentry.project.slug": "ERP" },
    'erp.sentry.project.slug: must be the slug of a project: at most 100 lower-case letters, digits, dashes and underscores, not only digits, got "ERP"\n    write it such as `erp-production`',
  ],
  [
    "a project in Sentry named after a page",
    azure,
    { "erp.sentry.project.slug": "settings" },
    'erp.sentry.project.slug: must not be the name of a page of Sentry, got "settings"\n    choose a slug such as `erp-production`',
  ],
  [
    "the address of Sentry's API",
    azure,
    { "erp.sentry.project.baseUrl": "https://sentry.shop.test/api/0" },
    'erp.sentry.project.baseUrl: must not end with a slash or with /api: `/api/` is appended to it, got "https://sentry.shop.test/api/0"\n    write it such as `https://sentry.example.com`',
  ],
  [
    "an interval that Sentry does not have",
    azure,
    { "erp.sentry.project.uptime.intervalSeconds": 90 },
    "erp.sentry.project.uptime.intervalSeconds: must be an interval of Sentry, got 90\n    use 60, 300, 600, 1200, 1800 or 3600",
  ],
  [
    "a timeout in milliseconds",
    azure,
    { "erp.sentry.project.uptime.timeoutSeconds": 5000 },
    "erp.sentry.project.uptime.timeoutSeconds: must be at most 60: it is a number of seconds, got 5000\n    use a value such as 5",
  ],
  [
    "a cron monitor with a word for its schedule",
    azure,
    { "erp.sentry.project.cronMonitors": { reports: { crontab: "@daily" } } },
    'erp.sentry.project.cronMonitors.reports.crontab: must have the five fields of crontab: minute, hour, day of the month, month, day of the week, got "@daily"\n    write it such as `30 * * * *`',
  ],
  [
    "a Sentry Secret without a name",
    production,
    { "erp.sentry.mode": "existing" },
    "erp.sentry.secret: is required\n    add `secret: { name: …, key: … },`: write it as { name, key }",
  ],
  ...["https://registry.example.com/erp:1.0", "erp:1.0:2.0", "registry//erp:1", "registry.example.com:70000/erp:1"].map(
    (image) =>
      [
        `the image ${image}`,
        production,
        { "erp.image": image },
        `erp.image: must be an image reference: registry and repository in lower case, without a scheme, then one tag or digest, got "${image}"\n    write it such as \`registry.example.com/erp:1.4.2\``,
      ] as const,
  ),
  ...["stable", "main", "LATEST"].map(
    (tag) =>
      [
        `the tag ${tag}`,
        production,
        { "erp.image": `registry.example.com/erp:${tag}` },
        `erp.image: must not have a tag that is moved to newer images: two pods of one rollout could run different versions, got "registry.example.com/erp:${tag}"\n    write the tag of a version such as \`1.4.2\`, or add the digest`,
      ] as const,
  ),
  ...["/erp", "erp/"].map(
    (key) =>
      [
        `the path ${key} in a bucket`,
        production,
        { "state.key": key },
        `state.key: must neither begin nor end with a slash: Terraform refuses the first, and the second makes an empty folder, got "${key}"\n    write it such as \`erp/production\``,
      ] as const,
  ),
  [
    "a region that does not exist",
    production,
    { "loki.storage.region": "eu-central-9" },
    'loki.storage.region: must be a region of Amazon, got "eu-central-9"\n    write it such as `eu-central-1`, or set `endpoint` for another store',
  ],
  [
    "a region of the state that does not exist",
    production,
    { "state.region": "europe" },
    'state.region: must be a region of Amazon: Terraform refuses every other one, got "europe"\n    write it such as `eu-central-1`, or set `skip_region_validation: true` for a store other than Amazon\'s',
  ],
  [
    "a URL as a bucket",
    production,
    { "loki.storage.bucket": "https://logs.s3.amazonaws.com" },
    'loki.storage.bucket: must be the name of a bucket in S3: 3 to 63 lower-case letters, digits, dots and dashes, got "https://logs.s3.amazonaws.com"\n    write the name of the bucket, without a URL, such as `shop-logs`',
  ],
  ...[
    "https://grafana.example.com:65536",
    "https://-grafana.example.com",
    "https://256.1.1.1",
    "https://a.test/{x}",
  ].map(
    (url) =>
      [
        `the URL ${url}`,
        staging,
        { runbookBaseUrl: url },
        `runbookBaseUrl: must be a URL with https:// or http://, a host, and only characters of RFC 3986, got "${url}"\n    write the full URL, such as \`https://grafana.example.com\`, with \`%7B\` in place of \`{\`, for example`,
      ] as const,
  ),
  [
    "a URL with a query, to which a path is appended",
    staging,
    { runbookBaseUrl: "https://wiki.shop.test/?page=runbooks" },
    'runbookBaseUrl: must have no query and no fragment, because a path is appended to it, got "https://wiki.shop.test/?page=runbooks"\n    remove the part from `?` or `#`',
  ],
  [
    "a port of a mail server above 65535",
    production,
    {
      "alertmanager.receivers.chat": {
        email: { to: "a@example.com", from: "b@example.com", smarthost: "smtp.example.com:65536" },
      },
    },
    'alertmanager.receivers.chat.email.smarthost: must be host:port, with a port from 1 to 65535, got "smtp.example.com:65536"\n    write it such as `smtp.example.com:587`, or `[2001:db8::1]:587` with an IPv6 address',
  ],
  ...[".", "..", "..data"].map(
    (key) =>
      [
        `the key ${key} of a Secret`,
        production,
        { "erp.redis.secret.key": key },
        "erp.redis.secret.key: must be a key of a Secret: letters, digits, `-`, `_` and `.`, got ***\n    write the name of the key, never the secret itself",
      ] as const,
  ),
  [
    "a host with a label of 64 letters",
    production,
    { "erp.ingress.hosts": [`${"a".repeat(64)}.example.com`] },
    `erp.ingress.hosts[0]: must be a host name (RFC 1123): labels of at most 63 lower-case letters, digits and dashes, got "${"a".repeat(64)}.example.com"\n    write it without scheme, port and path, such as \`erp.example.com\``,
  ],
  [
    "an address as the host of an Ingress",
    production,
    { "erp.ingress.hosts": ["192.0.2.1"] },
    'erp.ingress.hosts[0]: must be a host name with a domain, in lower case, and not an IP address: Kubernetes accepts no other host of an Ingress, got "192.0.2.1"\n    write it without scheme, port and path, such as `erp.example.com`',
  ],
  ...[
    ["cluster.context", "production ", "production "],
    ["cluster.context", "\u200bproduction", "\\u{200b}production"],
    ["erp.commands.worker.0", "celery\u00a0", "celery\\u{a0}"],
    ["erp.identity.audience", "\ufefferp", "\\u{feff}erp"],
  ].map(
    ([path = "", text = "", shown]) =>
      [
        `an unseen character at one end of ${path}: ${shown}`,
        production,
        { [path]: text },
        `${path.replace(".0", "[0]")}: must not begin or end with white space or with an invisible character, got "${shown}"\n    remove it`,
      ] as const,
  ),
  [
    "a character without width inside a text",
    production,
    { "cluster.context": "produc\u200btion" },
    'cluster.context: must not contain invisible characters, got "produc\\u{200b}tion"\n    remove them, or type the text again',
  ],
  [
    "a duration that Prometheus cannot store",
    staging,
    { "prometheus.retention": "300y" },
    'prometheus.retention: must be at most 292y, the longest duration of Prometheus, got "300y"\n    write a shorter duration, such as `30d`',
  ],
  [
    "a queue with a comma",
    production,
    { "erp.celery.queues": ["default,reports"] },
    'erp.celery.queues[0]: must be the name of a queue: letters, digits, `_`, `-`, `.`, `:`, `@`, `/` and `+`, at most 255, got "default,reports"\n    write it such as `default`',
  ],
  [
    "a name of a mailbox with a comma outside of quotation marks",
    production,
    {
      "alertmanager.receivers.chat": {
        email: { to: "Smith, J <j@example.com>", from: "b@example.com", smarthost: "smtp.example.com:587" },
      },
    },
    'alertmanager.receivers.chat.email.to: must be an e-mail address, or several with commas between them, got "Smith, J <j@example.com>"\n    write it such as `platform@example.com`, and separate several with commas',
  ],
  [
    "a variable of Grafana in a client id",
    production,
    { "grafana.oidc.clientId": "${CLIENT}" },
    'grafana.oidc.clientId: must not contain `${` or `$__…{`, which Grafana replaces with a variable, got "${CLIENT}"\n    write the value itself',
  ],
  [
    "annotations that are too long for Kubernetes",
    production,
    { "erp.ingress.annotations": { "example.com/a": "x".repeat(131_060), "example.com/b": "x".repeat(131_060) } },
    `erp.ingress.annotations: must have at most 262,144 bytes in total, names and values, got { example.com/a: "${"x".repeat(82)}…\n    shorten or remove annotations`,
  ],
  [
    "a command in one text",
    production,
    { "erp.commands.migrate": ["alembic upgrade head"] },
    'erp.commands.migrate: must begin with the program as a word of its own: no shell divides a text into words, got ["alembic upgrade head"]\n    write each word as an entry of the list, such as `celery`, `--app`, `app.worker`, `worker`',
  ],
  [
    "an option and its value in one text",
    production,
    { "erp.commands.migrate": ["alembic", "--config /app/alembic.ini", "upgrade", "head"] },
    'erp.commands.migrate: must have each option and its value in two entries, or with `=` between them: no shell divides them, got ["alembic", "--config /app/alembic.ini", "upgrade", "head"]\n    write them such as `--port`, `8000`, or as `--port=8000`',
  ],
  [
    "two programs in one command",
    production,
    { "erp.commands.migrate": ["alembic", "upgrade", "head", "&&", "app-seed"] },
    'erp.commands.migrate: must be the command of one program: no shell interprets `&&`, `||`, `|`, `;`, `<` and `>`, got ["alembic", "upgrade", "head", "&&", "app-seed"]\n    do this in the image, or write `sh`, `-c` and the whole line as one text',
  ],
  [
    "a grace period in milliseconds",
    production,
    { "erp.celery.worker.terminationGracePeriodSeconds": 300_000 },
    "erp.celery.worker.terminationGracePeriodSeconds: must be at most 86400, one day: it is a number of seconds, got 300000\n    use a value such as 300",
  ],
  [
    "a grace period of the API in milliseconds",
    production,
    { "erp.api.terminationGracePeriodSeconds": 45_000 },
    "erp.api.terminationGracePeriodSeconds: must be at most 3600, one hour: it is a number of seconds, got 45000\n    use a value such as 45",
  ],
  [
    "memory with which no container starts",
    production,
    { "prometheus.resources": { requests: { cpu: "1", memory: "4Mi" }, limits: { memory: "4Mi" } } },
    'prometheus.resources.limits.memory: must be at least 12Mi: with less, CRI-O starts no container, got "4Mi"\n    write a limit such as `128Mi`',
  ],
  [
    "a heartbeat each second",
    production,
    { "alertmanager.heartbeat.repeatInterval": "1s" },
    'alertmanager.heartbeat.repeatInterval: must be at least 10s: every heartbeat is a request to the service, got "1s"\n    use `1m`',
  ],
  [
    "a discovery document as an issuer",
    production,
    { "erp.identity.issuer": "https://login.shop.test/.well-known/openid-configuration" },
    'erp.identity.issuer: must not be the address of the issuer\'s discovery document, got "https://login.shop.test/.well-known/openid-configuration"\n    open this address, and copy the value from it',
  ],
  [
    "a discovery document as the keys of an issuer",
    production,
    { "erp.identity.keys.uri": "https://login.shop.test/.well-known/openid-configuration" },
    'erp.identity.keys.uri: must not be the address of the issuer\'s discovery document, got "https://login.shop.test/.well-known/openid-configuration"\n    open this address, and copy the value from it',
  ],
  [
    "one endpoint of a provider twice",
    production,
    {
      "grafana.oidc.authUrl": "https://login.shop.test/token",
      "grafana.oidc.tokenUrl": "https://login.shop.test/token",
    },
    'grafana.oidc.tokenUrl: must differ from `authUrl` and `apiUrl`, and these from each other: each is another endpoint of the provider, got "https://login.shop.test/token"\n    copy `token_endpoint` from the issuer\'s discovery document, and check the other two',
  ],
  [
    "a quotation mark after many commas in scopes, which takes no longer than another text",
    production,
    { "grafana.oidc.scopes": `openid${",".repeat(80)}"` },
    `grafana.oidc.scopes: must be scopes with spaces between them, without quotation marks, \`$\` and backslashes, got "openid${",".repeat(80)}\\""\n    write it such as \`openid profile email\``,
  ],
  [
    "roles of Grafana in double quotes",
    production,
    { "grafana.oidc.roleAttributePath": 'contains(groups[*], "platform") && "Admin" || "Viewer"' },
    'grafana.oidc.roleAttributePath: must have roles in single quotes: in JMESPath, a name in double quotes is that of a claim, got "contains(groups[*], \\"platform\\") && \\"Admin\\" || \\"Viewer\\""\n    write it such as `contains(groups[*], \'platform\') && \'Admin\' || \'Viewer\'`',
  ],
  [
    "a misspelt annotation of a cloud's identity",
    production,
    { "loki.storage.serviceAccountAnnotations": { "iam.gke.io/gcp_service_account": "loki@shop.test" } },
    'loki.storage.serviceAccountAnnotations["iam.gke.io/gcp_service_account"]: must be an annotation that the cloud reads, because its name begins with `iam.gke.io/`, got "loki@shop.test"\n    choose one of `iam.gke.io/gcp-service-account`, `iam.gke.io/return-principal-id-as-email`, `iam.gke.io/credential-quota-project`',
  ],
  [
    "a role of a cloud without its account",
    production,
    { "loki.storage.serviceAccountAnnotations": { "eks.amazonaws.com/role-arn": "loki" } },
    'loki.storage.serviceAccountAnnotations["eks.amazonaws.com/role-arn"]: must have the form that the cloud reads in this annotation, got "loki"\n    write it such as `arn:aws:iam::123456789012:role/loki`',
  ],
  [
    "a namespace in the name of a Secret, which is no secret",
    production,
    { "erp.ingress.tlsSecret": "erp/erp-tls" },
    'erp.ingress.tlsSecret: must be an RFC 1123 subdomain: at most 253 lower-case letters, digits, dashes and dots, got "erp/erp-tls"\n    choose a name such as `erp-redis`',
  ],
  ...[
    [
      "incomplete",
      "contains(groups[*], 'a' && 'Admin'",
      "must be a complete JMESPath expression: a bracket or an operand is missing at its end",
    ],
    [
      "written with words as operators",
      "role and 'Admin'",
      "must be a JMESPath expression, in which `and` cannot stand where it does",
    ],
    ["written with a literal that is no JSON", "role == `admin` && 'Admin'", "must be a JMESPath expression"],
    [
      "made of an unknown function",
      "includes(groups, 'a') && 'Admin'",
      "must not call `includes`, which is no function of JMESPath",
    ],
    [
      "made of a function with too few arguments",
      "contains(groups) && 'Admin'",
      "must call `contains` with at least 2 arguments",
    ],
  ].map(
    ([what = "", path, reason]): BrokenValue => [
      `a path to the role that is ${what}`,
      production,
      { "grafana.oidc.roleAttributePath": path },
      `grafana.oidc.roleAttributePath: ${reason}, got ${JSON.stringify(path)}\n    write it such as \`contains(groups[*], 'platform') && 'Admin' || 'Viewer'\``,
    ],
  ),
  ...[
    "https://mimir.shop.com/prometheus/api/v1/query",
    "https://prometheus.shop.com/api/v1/query_range",
    "https://prometheus.shop.com/api/v1/read",
    "https://prometheus.shop.com/metrics",
    "https://prometheus.shop.com/federate",
    "https://loki.shop.com/loki/api/v1/push",
    "https://collector.shop.com/v1/metrics",
  ].map(
    (url): BrokenValue => [
      `samples sent to ${url}`,
      production,
      { "prometheus.remoteWrite": [{ url }] },
      `prometheus.remoteWrite[0].url: must be the address at which a store receives remote write: this path is for queries, or for another protocol, got "${url}"\n    write it such as \`https://mimir.example.com/api/v1/push\`, or with \`/api/v1/write\` for Prometheus and \`/api/v1/receive\` for Thanos`,
    ],
  ),
  ...["1900-01-01", "0001-01-01", "2018-12-31"].map(
    (day): BrokenValue => [
      `an index schema from ${day}`,
      production,
      { "loki.schemaFrom": day },
      `loki.schemaFrom: must be 2019-01-01 or later: Loki did not exist before, got "${day}"\n    write the day of the first deployment, such as \`2026-01-01\``,
    ],
  ),
  [
    "a toleration of no taint",
    azure,
    { "pods.placement.tolerations": [{ effect: "NoSchedule" }] },
    "pods.placement.tolerations[0].key: is required, except with the operator `Exists`\n    write the key of the taint; `kubectl describe node` shows it",
  ],
  [
    "a toleration of every value with a value",
    azure,
    { "pods.placement.tolerations": [{ key: "dedicated", operator: "Exists", value: "erp" }] },
    'pods.placement.tolerations[0].value: must not be set with the operator `Exists`, got "erp"\n    remove it, or use the operator `Equal`',
  ],
  [
    "a time in a toleration that keeps no pod",
    azure,
    { "pods.placement.tolerations": [{ key: "dedicated", value: "erp", effect: "NoSchedule", tolerationSeconds: 60 }] },
    "pods.placement.tolerations[0].tolerationSeconds: must not be set without the effect `NoExecute`, got 60\n    remove it, or set the effect",
  ],
  [
    "Windows nodes",
    azure,
    { "pods.monitoring.nodeSelector": { "kubernetes.io/os": "windows" } },
    'pods.monitoring.nodeSelector: must not select nodes of another system than Linux: the images run on Linux only, got { kubernetes.io/os: "windows" }\n    remove that label',
  ],
  [
    "a label of a node with a space",
    azure,
    { "pods.agents.nodeSelector": { pool: "all nodes" } },
    'pods.agents.nodeSelector.pool: must be a valid value of a Kubernetes label: at most 63 letters, digits, `-`, `_` and `.`, got "all nodes"\n    write it such as `platform`',
  ],
  [
    "tolerations of agents, which tolerate every taint",
    azure,
    { "pods.agents.tolerations": [{ operator: "Exists" }] },
    "pods.agents.tolerations: is not a setting\n    leave it out, or choose one of nodeSelector, affinity",
  ],
  [
    "a condition on nodes with an operator of queries",
    azure,
    { "pods.placement.affinity": requiredNodes({ key: "pool", operator: "Equals", values: ["a"] }) },
    'pods.placement.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].operator: must be one of `In`, `NotIn`, `Exists`, `DoesNotExist`, `Gt`, `Lt`, got "Equals"\n    choose one of `In`, `NotIn`, `Exists`, `DoesNotExist`, `Gt`, `Lt`',
  ],
  [
    "a condition on nodes without values",
    azure,
    { "pods.placement.affinity": requiredNodes({ key: "pool", operator: "In", values: [] }) },
    "pods.placement.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values: must not be empty, got []\n    write a value, or leave the setting out if it is optional",
  ],
  [
    "one pull secret twice",
    azure,
    { "pods.imagePullSecrets": ["registry", "registry"] },
    'pods.imagePullSecrets: must not contain duplicates, got ["registry", "registry"]\n    remove the repeated entry',
  ],
  [
    "a secret in a variable",
    azure,
    { "erp.pod.env": { SMTP_PASSWORD: "hunter2" } },
    "erp.pod.env.SMTP_PASSWORD: must not contain a secret, but looks like a value of `SMTP_PASSWORD`, got ***\n    revoke this secret, because it has been written to a file; store a new one in a Kubernetes Secret, and set the name and key of that Secret",
  ],
  [
    "a variable with the name of a secret",
    azure,
    { "erp.pod.env": { SMTP_PASS: "hunter2" } },
    "erp.pod.env.SMTP_PASS: must not be written in the settings: its name is that of a secret, got ***\n    write it as { secret: { name, key } }, and store it in that Secret",
  ],
  [
    "a name of a variable with a space",
    azure,
    { "erp.pod.env": { "A B": "1" } },
    'erp.pod.env["A B"]: must be the name of an environment variable: letters, digits, `_`, `-` and `.`, and no digit at the beginning\n    write it such as `HTTPS_PROXY`',
  ],
  [
    "a label by which Services find the pods",
    azure,
    { "erp.api.pod.labels": { "app.kubernetes.io/name": "shop" } },
    'erp.api.pod.labels["app.kubernetes.io/name"]: must not be set: the stacks or Kubernetes set this label, by which Services, network policies and alerts find the pods, got "shop"\n    use a label of your own, such as `example.com/cost-centre`',
  ],
  [
    "an annotation that replaces the pods after a change of the DSN",
    azure,
    { "erp.pod.annotations": { "sentry-dsn-revision": "1" } },
    'erp.pod.annotations["sentry-dsn-revision"]: must not be set: the stacks set this annotation, got "1"\n    increase `erp.sentry.revision`',
  ],
  [
    "a misspelt annotation of a cloud",
    azure,
    { "erp.pod.serviceAccount.annotations": { "iam.gke.io/gcp-service-acount": "a@b.iam.gserviceaccount.com" } },
    'erp.pod.serviceAccount.annotations["iam.gke.io/gcp-service-acount"]: must be an annotation that the cloud reads, because its name begins with `iam.gke.io/`, got "a@b.iam.gserviceaccount.com"\n    choose one of `iam.gke.io/gcp-service-account`, `iam.gke.io/return-principal-id-as-email`, `iam.gke.io/credential-quota-project`',
  ],
  [
    "files of the node",
    azure,
    { "erp.pod.volumes.vault": { hostPath: { path: "/" } } },
    'erp.pod.volumes.vault: must have one of its forms, got { hostPath: { path: "/" } }\n    write it as { emptyDir: { sizeLimit } }, { configMap }, { secret }, { claim } or { csi: { driver } }',
  ],
  [
    "a mount that hides the programs of the image",
    azure,
    { "erp.celery.worker.pod.mounts.0.path": "/usr" },
    'erp.celery.worker.pod.mounts[0].path: must not hide a folder of the system, which programs need, got "/usr"\n    mount it at a folder below, such as `/etc/shop`',
  ],
  [
    "two mounts at one path",
    azure,
    { "erp.celery.worker.pod.mounts": [1, 2].map(() => ({ volume: "reports", path: "/srv", readOnly: false })) },
    'erp.celery.worker.pod.mounts: must not contain duplicates, got [{ volume: "reports", path: "/srv", readOnly: false }, { volume: "reports", path: "/srv", readOnly: …\n    remove the repeated entry',
  ],
  [
    "a privileged sidecar",
    azure,
    { "erp.api.pod.sidecars.0.securityContext": { privileged: true } },
    "erp.api.pod.sidecars[0].securityContext.privileged: is not a setting\n    leave it out, or choose one of runAsUser, readOnlyRootFilesystem",
  ],
  [
    "a sidecar of root",
    azure,
    { "erp.api.pod.sidecars.0.securityContext": { runAsUser: 0 } },
    "erp.api.pod.sidecars[0].securityContext.runAsUser: must be at least 1, got 0\n    use 1 or more",
  ],
  [
    "a sidecar whose image has no registry",
    azure,
    { "erp.api.pod.sidecars.0.image": "library/busybox:1.37" },
    'erp.api.pod.sidecars[0].image: must begin with its registry, which `mirrors.images` replaces, got "library/busybox:1.37"\n    write it such as `docker.io/library/busybox:1.37`',
  ],
  [
    "a sidecar in the pod of the migration",
    azure,
    { "erp.pod.sidecars": [] },
    "erp.pod.sidecars: is not a setting\n    leave it out, or choose one of nodeSelector, tolerations, affinity, labels, annotations, serviceAccount, env, envFrom, mounts, volumes",
  ],
];

type BrokenValue = readonly [what: string, environment: Environment, change: Change, expected: string];

function requiredNodes(condition: object) {
  const nodeSelectorTerms = [{ matchExpressions: [condition] }];
  return { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } };
}
