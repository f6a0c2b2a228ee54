import { namespaces } from "../../settings/addresses";
import type { Environment } from "../../settings/environment";
import { requiredSecrets } from "../../subjects/required-secrets";
import { Kubectl } from "../cluster/kubectl";
import type { HelmRelease, Manifest } from "../rendering/helm-release";
import { valuesFile } from "../rendering/object-file";
import { defaultMinutes } from "../rollouts/follow";
import { creationCommand } from "../secrets/check-secrets";
import { laptopSecretsText } from "../secrets/laptop-secrets";
import { shellWord } from "../shell-word";
import { ownChart } from "./custom-resources-chart";
import { type ChartRelease, type Layer, objectFiles } from "./layers";

/** How long the script waits for each workload. */
const rolloutSeconds = defaultMinutes * 60;

/**
 * The script that installs or upgrades an environment with helm and kubectl: objects, releases and custom resources of
 * each layer, in the order of Terraform.
 */
export function installScript(environment: Environment, layers: readonly Layer[]): string {
  const [base, ...others] = layers;
  if (base === undefined) throw new Error("an environment has at least one layer");
  return [
    header(environment, "Installs or upgrades", "install.sh", charts),
    functions,
    `check_programs\n`,
    section(base),
    secretChecks(environment),
    ...others.map(section),
    waits(layers),
  ].join("\n");
}

/** The script that removes an environment of tier `local`, with all of its data. */
export function uninstallScript(environment: Environment, layers: readonly Layer[]): string {
  const reversed = [...layers].reverse();
  return [
    header(environment, "Removes", "uninstall.sh"),
    ...reversed.flatMap(({ name, objects, releases, customResources }) => [
      `echo "== ${name}"`,
      ...[...customResources, ...[...releases].reverse()].map(uninstallation),
      ...(objects.length > 0
        ? [
            `kubectl --context "$context" delete --ignore-not-found \\\n${[...objectFiles(objects).keys()]
              .reverse()
              .map((file) => `  --filename ${shellWord(`${name}/${file}`)}`)
              .join(" \\\n")}`,
          ]
        : []),
      "",
    ]),
  ].join("\n");
}

function uninstallation({ name, namespace }: HelmRelease): string {
  const words = [name, "--namespace", namespace].map(shellWord).join(" ");
  return `helm --kube-context "$context" uninstall ${words} --ignore-not-found --wait`;
}

function header({ name, cluster }: Environment, effect: string, file: string, more = ""): string {
  return `#!/usr/bin/env bash
# ${effect} the environment ${name} with helm and kubectl, without Terraform: ./${file}
# \`npm run export\` wrote this file, and replaces it. Change config/${name}.ts instead.
#
# Environment variables:
#   KUBECONFIG  the kubeconfig, if it is not ~/.kube/config
${more}set -euo pipefail
cd "$(dirname "\${BASH_SOURCE[0]}")"

context=${shellWord(cluster.context)}
`;
}

const charts = `#   CHARTS      a folder with <chart>-<version>.tgz of every chart, which is used instead of the repositories
`;

const functions = `fail() {
  printf '%s\\n' "$@" >&2
  exit 1
}

check_programs() {
  local program version
  for program in helm kubectl; do
    command -v "$program" >/dev/null || fail "This script needs $program, which is not on PATH."
  done
  # Helm 4 has other names for \`--atomic\`, and \`helm uninstall --ignore-not-found\` is new in 3.13. A Helm that was built
  # from its sources states no patch version.
  version=$(helm version --template '{{.Version}}')
  [[ $version =~ ^v3\\.([0-9]+) && \${BASH_REMATCH[1]} -ge 13 ]] ||
    fail "This script needs Helm 3.13 or a later version of Helm 3, and helm is $version."
  # Server-side apply is stable since Kubernetes 1.22.
  version=$(kubectl version --client --output=yaml | sed -n 's/^ *gitVersion: //p')
  [[ $version =~ ^v1\\.([0-9]+)\\. && \${BASH_REMATCH[1]} -ge 22 ]] ||
    fail "This script needs kubectl 1.22 or later, and kubectl is $version."
  if [[ -n \${CHARTS:-} && ! -d $CHARTS ]]; then fail "CHARTS must be a folder, and is $CHARTS."; fi
}

# Server-side apply adds no copy of an object to its annotations. Fields that somebody else has changed are set again.
apply() {
  kubectl --context "$context" apply --server-side --force-conflicts --field-manager=erp-observability "$@"
}

# replace_changed_job <namespace> <name> <file>: the pods of a Job cannot be changed, so a Job that differs is deleted
# before it is applied. A Job that does not differ stays, and does not run again.
replace_changed_job() {
  local refusal
  if refusal=$(apply --dry-run=server --filename "$3" 2>&1 >/dev/null); then return; fi
  [[ $refusal == *"field is immutable"* ]] || fail "$refusal"
  kubectl --context "$context" --namespace "$1" delete job "$2" --wait
}

# release <name> <namespace> <timeout> <history> <values> <chart> [<argument>...]: waits until the pods are ready. A
# release that fails is rolled back, or removed if it is new.
release() {
  helm --kube-context "$context" upgrade --install "$1" "\${@:6}" --namespace "$2" --timeout "$3" \\
    --history-max "$4" --values "$5" --atomic --cleanup-on-fail
}

# chart_release <name> <namespace> <timeout> <history> <values> <repository> <chart> <version>
chart_release() {
  local chart
  if [[ -n \${CHARTS:-} ]]; then
    chart=("$CHARTS/$7-$8.tgz")
  elif [[ -z $6 ]]; then
    fail "Set CHARTS to the folder that contains $7-$8.tgz."
  elif [[ $6 == oci://* ]]; then
    chart=("$6/$7" --version "$8")
  else
    chart=("$7" --repo "$6" --version "$8")
  fi
  release "\${@:1:5}" "\${chart[@]}"
}

missing=()

# require_secret <namespace> <name> <purpose> <command> [<key>...]: notes a Secret that does not exist or lacks a key.
require_secret() {
  local found key
  found=$(kubectl --context "$context" --namespace "$1" get secret "$2" --ignore-not-found --output=go-template='
    {{- "exists\\n" }}{{ range $key, $value := .data }}{{ if $value }}{{ $key }}{{ "\\n" }}{{ end }}{{ end }}')
  if [[ -z $found ]]; then
    missing+=("  $1/$2 ($3) does not exist" "    $4")
    return
  fi
  for key in "\${@:5}"; do
    grep --quiet --line-regexp --fixed-strings -- "$key" <<<"$found" ||
      missing+=("  $1/$2 ($3) has no value for the key $key")
  done
}

# wait_for <namespace> <workload>...
wait_for() {
  local workload
  for workload in "\${@:2}"; do
    case $workload in
      job/*) kubectl --context "$context" --namespace "$1" wait "$workload" --for=condition=Complete --timeout=${rolloutSeconds}s ;;
      *) kubectl --context "$context" --namespace "$1" rollout status "$workload" --timeout=${rolloutSeconds}s ;;
    esac
  done
}
`;

/** The commands that apply one layer. */
function section({ name, objects, releases, customResources }: Layer): string {
  const files = [...objectFiles(objects).keys()].map((file) => `${name}/${file}`);
  return `${[
    `echo "== ${name}"`,
    ...jobs(objects).map(
      ({ metadata, file }) =>
        `replace_changed_job ${[metadata.namespace ?? "default", metadata.name, `${name}/${file}`].map(shellWord).join(" ")}`,
    ),
    ...(files.length > 0 ? [`apply \\\n${files.map((file) => `  --filename ${shellWord(file)}`).join(" \\\n")}`] : []),
    ...releases.map((release) => chartRelease(name, release)),
    ...customResources.map(
      (release) => `release ${[...releaseWords(name, release), ownChart].map(shellWord).join(" ")}`,
    ),
  ].join("\n")}\n`;
}

function jobs(objects: readonly Manifest[]): readonly (Manifest & { readonly file: string })[] {
  return [...objectFiles(objects)].flatMap(([file, documents]) =>
    documents
      .map(({ content }) => content as Manifest)
      .filter(({ kind }) => kind === "Job")
      .map((job) => ({ ...job, file })),
  );
}

function chartRelease(layer: string, release: ChartRelease): string {
  const { repository = "", name, version } = release.chart;
  return `chart_release ${[...releaseWords(layer, release), repository, name, version].map(shellWord).join(" ")}`;
}

function releaseWords(layer: string, { name, namespace, behaviour }: HelmRelease): string[] {
  const { timeout, max_history: history } = behaviour;
  return [name, namespace, `${timeout}s`, String(history), `${layer}/${valuesFile(name)}`];
}

/** The checks of the Secrets. They come after the first layer, which creates the namespaces. */
function secretChecks(environment: Environment): string {
  const kubectl = new Kubectl(environment.cluster.context);
  const checks = requiredSecrets(environment).map((secret) => {
    const { namespace, name, purpose, keys } = secret;
    return `require_secret ${[namespace, name, purpose, creationCommand(secret, kubectl), ...keys].map(shellWord).join(" ")}`;
  });
  const created = environment.tier === "local" ? ` \\\n    ${shellWord(laptopSecretsText(environment.name))}` : "";
  return `echo "== Secrets"
${checks.join("\n")}
if [[ \${#missing[@]} -gt 0 ]]; then
  fail "These Secrets are missing or incomplete. Each <file> contains one value, without a line break at its end:" \\
    "\${missing[@]}"${created} \\
    "Create them, and run this script again."
fi
`;
}

/** Waits for the workloads that no release waits for, and for those that the Prometheus operator creates. */
function waits(layers: readonly Layer[]): string {
  const kinds: Readonly<Record<string, string>> = {
    Job: "job",
    Deployment: "deployment",
    StatefulSet: "statefulset",
    DaemonSet: "daemonset",
  };
  const workloads = new Map<string, string[]>();
  for (const { kind, metadata } of layers.flatMap(({ objects }) => objects)) {
    const prefix = kinds[kind];
    if (prefix === undefined) continue;
    const namespace = metadata.namespace ?? "default";
    workloads.set(namespace, [...(workloads.get(namespace) ?? []), `${prefix}/${metadata.name}`]);
  }
  return `echo "== Waiting until everything is ready"
kubectl --context "$context" --namespace ${namespaces.monitoring} wait prometheus,alertmanager --all \\
  --for=condition=Available --timeout=${rolloutSeconds}s
${[...workloads]
  .map(([namespace, names]) => `wait_for ${[namespace, ...names].map(shellWord).join(" ")}\n`)
  .join("")}echo "Everything is applied and ready."
`;
}
