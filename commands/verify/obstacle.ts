import { refusedCredentials } from "../cluster/cluster-access";

/** The reason why something could not be checked, and what to do about it. */
export interface Obstacle {
  readonly reason: string;
  readonly remedy: string;
}

/**
 * The obstacle that an error message describes: an error of kubectl, an answer of the API server, or an error of a
 * connection.
 * @param command the command line with which the environment is verified
 */
export function obstacleOf(error: unknown, command: string): Obstacle {
  const text = textOf(error);
  const found = obstacles.find(([pattern]) => pattern.test(text));
  return found
    ? found[1](text, command)
    : { reason: text, remedy: "see the message; DEBUG=1 prints where it occurred" };
}

type Explain = (text: string, command: string) => Obstacle;

const obstacles: readonly (readonly [RegExp, Explain])[] = [
  [
    refusedCredentials,
    () => ({
      reason:
        "the cluster does not accept the credentials of the kubeconfig: the token or certificate is expired or wrong",
      remedy: "log in to the cluster again, or renew the token of the account",
    }),
  ],
  [
    /forbidden|Forbidden/,
    (text, command) => ({
      reason: `the account of the kubeconfig lacks a permission: ${lackedPermission(text)}`,
      remedy: `grant it: \`${command} --permissions\` prints every permission that is needed`,
    }),
  ],
  [
    /port-forward .*(ended|closed)/s,
    (text) => ({
      reason: firstLine(text),
      remedy: "run the command again; check that the pod was not replaced meanwhile",
    }),
  ],
  [
    /no endpoints available for service|error trying to reach service|did not answer within|answered 50[234]/,
    (text) => ({ reason: firstLine(text), remedy: "see the check `Prometheus, Alertmanager and Loki are ready`" }),
  ],
  [
    // The client checks the certificate of the server: an expired one of the client is refused as a credential.
    /x509: /,
    (text) => ({
      reason: `the certificate of the API server is not accepted: ${firstLine(text)}`,
      remedy:
        "renew the certificate of the API server, or correct the clock of this machine or the CA in the kubeconfig",
    }),
  ],
  [
    /ECONNREFUSED|ECONNRESET|was refused|fetch failed|connection refused|Unable to connect|no such host|no route to host|i\/o timeout|TLS handshake|context deadline exceeded|connection lost|unexpected EOF/i,
    (text) => ({
      reason: `the API server did not answer: ${firstLine(text)}`,
      remedy: "check the connection to the cluster, and run the command again",
    }),
  ],
];

/** `cannot list resource "nodes" … at the cluster scope`, without the parts that identify the account. */
function lackedPermission(text: string): string {
  const [, action] =
    /cannot (\w+ (?:resource|path) .*?(?:at the cluster scope|in the namespace "[^"]*"|$))/m.exec(text) ?? [];
  return action ?? firstLine(text);
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : "";
  return `${error.message}${cause}`;
}

function firstLine(text: string): string {
  const line = text.trim().split("\n").at(-1) ?? "";
  // The API server answers in JSON.
  return (/"message":"((?:[^"\\]|\\.)*)"/.exec(line)?.[1]?.replaceAll('\\"', '"') ?? line).slice(0, 400);
}
