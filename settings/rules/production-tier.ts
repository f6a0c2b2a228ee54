import type { Environment } from "../environment";
import type { Rule } from "../rule";

/** What tier `production` demands: the loss of one node wakes nobody, and the loss of the system wakes somebody. */
export const productionTier: readonly Rule[] = [
  demand(
    "prometheus.replicas",
    ({ prometheus }) => prometheus.replicas >= 2,
    "must be at least 2 in tier `production`: a single one is blind while it moves",
    "use 2",
  ),
  demand(
    "prometheus.storage",
    ({ prometheus }) => prometheus.storage !== undefined,
    "is required in tier `production`: without it samples are lost when a pod ends",
    "give the size of a volume, such as `100Gi`",
  ),
  demand(
    "alertmanager.replicas",
    ({ alertmanager }) => alertmanager.replicas >= 2,
    "must be at least 2 in tier `production`: while a single one moves, nobody is told anything",
    "use 3",
  ),
  demand(
    "alertmanager.storage",
    ({ alertmanager }) => alertmanager.storage !== undefined,
    "is required in tier `production`: without it silences are lost when the pods end",
    "give the size of a volume, such as `1Gi`",
  ),
  demand(
    "alertmanager.externalUrl",
    ({ alertmanager }) => alertmanager.externalUrl !== undefined,
    "is required in tier `production`: notifications link to it",
    "give the address under which people open it, such as `https://alertmanager.example.com`",
  ),
  demand(
    "alertmanager.receivers.pager",
    ({ alertmanager }) => alertmanager.receivers.pager !== undefined,
    "is required in tier `production`: critical alerts must wake somebody",
    "add a receiver, such as { pagerduty: { credentialKey: … } }",
  ),
  demand(
    "alertmanager.receivers.chat",
    ({ alertmanager }) => alertmanager.receivers.chat !== undefined,
    "is required in tier `production`: warnings must reach somebody",
    "add a receiver, such as { slack: { channel: …, apiUrlKey: … } }",
  ),
  demand(
    "alertmanager.heartbeat",
    ({ alertmanager }) => alertmanager.heartbeat !== undefined,
    "is required in tier `production`: monitoring that has died says nothing by itself",
    "add { urlKey: …, repeatInterval: …, grace: … } of a service that pages when it hears nothing",
  ),
  demand(
    "erp.api.scale.replicas",
    ({ erp: { api } }) => !("replicas" in api.scale) || api.scale.replicas >= 2,
    "must be at least 2 in tier `production`: a single pod is away whenever its node is",
    "use 2 or more, or bounds for autoscaling",
  ),
  demand(
    "erp.celery.worker.replicas",
    ({ erp: { celery } }) => celery.worker.replicas >= 2,
    "must be at least 2 in tier `production`: a single pod is away whenever its node is",
    "use 2 or more",
  ),
];

function demand(at: string, met: (environment: Environment) => boolean, rule: string, remedy: string): Rule {
  const broken = (environment: Environment) => environment.tier === "production" && !met(environment);
  return { at, reads: ["tier"], broken, rule, remedy };
}
