import { execFileSync } from "node:child_process";
import { createPublicKey, createSign, createVerify } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ClusterFacts, clusterFacts } from "../commands/cluster/cluster-facts";
import { clusterFaults, clusterNotes } from "../commands/cluster/cluster-faults";
import { Kubectl } from "../commands/cluster/kubectl";
import { CommandError } from "../commands/command";
import { newestReleases, pendingReleases } from "../commands/recovery/helm-releases";
import { lockRecovery } from "../commands/recovery/lock-recovery";
import { plannedObjects } from "../commands/recovery/planned-objects";
import { recoveryText } from "../commands/recovery/recovery";
import { objectsReportedAsExisting, untrackedRecoveries } from "../commands/recovery/untracked-objects";
import type { Pod } from "../commands/rollouts/objects";
import { operatorRollout } from "../commands/rollouts/operator-resources";
import { trouble } from "../commands/rollouts/pod-trouble";
import { type Listed, rollouts } from "../commands/rollouts/rollouts";
import { runStacks } from "../commands/run-stacks";
import { describe as describeSecret, remedy } from "../commands/secrets/check-secrets";
import { keySetFault } from "../commands/secrets/key-set-fault";
import { laptopSecrets } from "../commands/secrets/laptop-secrets";
import { signingKeys, thumbprint } from "../commands/secrets/signing-keys";
import { wrongValues } from "../commands/secrets/wrong-values";
import type { Environment } from "../settings/environment";
import { existing } from "./fixtures/existing";
import { local } from "./fixtures/local";
import { production } from "./fixtures/production";
import { hostileTexts } from "./notifications/hostile-texts";

/** Output of real programs and a real cluster; the names are those of scratch objects. */
const captured = (file: string) => readFileSync(join(__dirname, "commands", file), "utf8");
const kubectl = new Kubectl("laptop");
const stack = { name: "local-erp", path: "cdktf.out/stacks/local-erp" };

describe("what an interrupted deployment left behind", () => {
  test("a lock is printed with its owner and the command that releases it", () => {
    const recovery = lockRecovery(captured("held-lock.txt"), stack);
    expect(recovery?.happened).toBe(
      "The state of local-erp is locked by root@vm, for apply, since 2026-11-24 03:23:56.075965224 +0000 UTC.",
    );
    expect(recovery?.commands.at(-1)).toBe(
      "terraform -chdir=cdktf.out/stacks/local-erp force-unlock b328b72d-e2a3-eb5b-05a4-006352194fdb",
    );
  });

  test("another failure of Terraform is not reported as a lock", () => {
    expect(lockRecovery(captured("already-exists.txt"), stack)).toBeUndefined();
  });

  const table = `
cmd-scratch  sh.helm.release.v1.slow.v1  helm.sh/release.v1  1  34s  modifiedAt=1795488363,name=slow,owner=helm,status=deployed,version=1
cmd-scratch  sh.helm.release.v1.slow.v2  helm.sh/release.v1  1  9s   createdAt=1795488386,modifiedAt=1795488363,name=slow,owner=helm,status=pending-upgrade,version=2
monitoring   sh.helm.release.v1.blackbox-exporter.v1  helm.sh/release.v1  1  2m10s  modifiedAt=1795488156,name=blackbox-exporter,owner=helm,status=deployed,version=1`;

  test("a pending release is printed with the command that deletes its revision, but no deployed revision", () => {
    const [recovery, ...others] = pendingReleases(newestReleases(table), kubectl);
    expect(others).toEqual([]);
    expect(recovery?.happened).toMatch(
      /^The release slow in namespace cmd-scratch is pending-upgrade: its revision 2 /,
    );
    expect(recovery?.commands).toEqual([
      "kubectl --context laptop -n cmd-scratch delete secret sh.helm.release.v1.slow.v2",
    ]);
  });

  const created = plannedObjects(JSON.parse(captured("plan.json")), "create", "update");

  test("untracked objects and releases are printed with an import for each", () => {
    const found = objectsReportedAsExisting(captured("already-exists.txt"), created);
    const [objects, releases] = untrackedRecoveries(found, stack, kubectl);
    const terraform = "terraform -chdir=cdktf.out/stacks/local-erp import";
    expect(objects?.commands.at(-1)).toBe(`${terraform} 'kubernetes_config_map_v1.one' cmd-scratch/one`);
    expect(releases?.commands.at(-1)).toBe(`${terraform} 'helm_release.slow' cmd-scratch/slow`);
  });

  test("a context with any name is one word of the printed command", () => {
    const contexts = [...Object.values(hostileTexts), "arn:aws:eks:eu-central-1:1:cluster/erp", "it's", "my laptop"];
    for (const context of contexts) {
      const command = new Kubectl(context).command().replace("kubectl", "printf '%s\\0'");
      expect(execFileSync("sh", ["-c", command], { encoding: "utf8" }).split("\0")[1]).toBe(context);
    }
    expect(new Kubectl("arn:aws:eks:eu-central-1:1:cluster/erp").command("version")).not.toContain("'");
  });

  test("an untracked Secret is printed with a command that deletes it, because an import would copy it to the state", () => {
    const secret = { address: "kubernetes_secret_v1.sentry-dsn", kind: "secret", namespace: "erp", name: "sentry-dsn" };
    const [recovery] = untrackedRecoveries([secret], stack, kubectl);
    expect(recovery?.commands.at(-1)).toBe("kubectl --context laptop -n erp delete secret sentry-dsn");
  });

  test("is printed with what to check before, what to do after, and its runbook", () => {
    const [recovery] = pendingReleases(newestReleases(table), kubectl);
    const lines = recovery ? recoveryText(recovery).split("\n") : [];
    expect(lines.slice(2)).toEqual([
      expect.stringMatching(
        /^ {2}Check whether somebody or a pipeline is still applying the release,.* Only if nobody is/,
      ),
      expect.stringMatching(/^ {4}kubectl --context laptop -n cmd-scratch delete secret /),
      "  Then run this command again: it upgrades from the previous revision.",
      "  More: docs/runbooks/pending-release.md",
    ]);
  });

  test("a failure is printed with the status of every stack", async () => {
    const stacks = ["local-base", "local-monitoring", "local-erp"].map((name) => ({ name, path: name }));
    const act = async ({ name }: { name: string }) => {
      if (name === "local-monitoring") throw new CommandError("no room");
    };
    await expect(runStacks(stacks, "npm run deploy -- local", act)).rejects.toThrow(
      "no room\n\nStatus:\n  local-base: done\n  local-monitoring: stopped\n  local-erp: not started\n",
    );
  });
});

describe("a rollout", () => {
  const listed: Listed[] = JSON.parse(captured("workloads.json"));
  const named = (name: string) => rollouts(listed).find((rollout) => rollout.name === name);

  test("is done when the newest version is up", () => {
    expect(named("StatefulSet/stateful")?.progress).toEqual({ done: true, text: "1 of 1 updated, 1 available" });
    expect(named("DaemonSet/everywhere")?.progress.done).toBe(true);
  });

  test.each([
    ["serving", "ErrImagePull", /^container serving: failed to pull .* "localhost\/none:9"/],
    ["crashing", "CrashLoopBackOff", /^container crashing ended 3 times, last with exit code 3 \(Error\)$/],
    ["secretless", "CreateContainerConfigError", /^container secretless: secret "none" not found$/],
    ["huge", "Unschedulable", /^0\/1 nodes are available: 1 Insufficient cpu/],
  ])("of %s has a problem: %s", (name, reason, message) => {
    const [troubled] = named(`Deployment/${name}`)?.troubled ?? [];
    expect(troubled?.pod).toMatch(new RegExp(`^${name}-`));
    expect(troubled?.trouble).toMatchObject({ reason, message: expect.stringMatching(message) });
  });

  test("shows how many pods of the previous version still serve", () => {
    const serving = named("Deployment/serving");
    expect(serving?.older).toBe(2);
    expect(serving?.troubled).toHaveLength(1);
    expect(serving?.progress.text).toBe("1 of 2 updated, 2 available, 2 of the old version");
  });

  test("ignores the problems of a version that another one has replaced", () => {
    const first = { "deployment.kubernetes.io/revision": "1" };
    const undone = listed.map((one) => {
      const isServing = one.kind === "Deployment" && one.metadata.name === "serving";
      return isServing ? { ...one, metadata: { ...one.metadata, annotations: first } } : one;
    });
    const serving = rollouts(undone).find(({ name }) => name === "Deployment/serving");
    expect(serving?.troubled).toEqual([]);
    expect(serving?.older).toBe(0);
  });

  test("is not done while pods of the previous version are left", () => {
    const status = { observedGeneration: 1, replicas: 3, updatedReplicas: 2, availableReplicas: 3 };
    const metadata = { name: "erp-api", namespace: "erp", generation: 1 };
    const [rollout] = rollouts([{ kind: "Deployment", metadata, spec: { replicas: 2 }, status }]);
    expect(rollout?.progress).toEqual({ done: false, text: "2 of 2 updated, 3 available, 1 of the old version" });
  });

  test("of a Job has failed when the Job has no retries left, and names the pod with the log", () => {
    const failing = named("Job/failing");
    expect(failing?.progress.givenUp).toMatch(/^BackoffLimitExceeded: /);
    expect(failing?.troubled[0]?.trouble).toMatchObject({ reason: "Failed", container: "failing" });
  });

  test("tolerates a pod that crashed once or twice, but not more often", () => {
    const crashed = (restartCount: number) => {
      const pod = listed.find((one): one is Pod => one.kind === "Pod" && one.metadata.name.startsWith("crashing"));
      const [status] = pod?.status.containerStatuses ?? [];
      return trouble({ ...pod, status: { containerStatuses: [{ ...status, restartCount }] } } as Pod);
    };
    expect(crashed(2)).toBeUndefined();
    expect(crashed(3)?.patience).toBe(0);
  });

  test("waits until the operator has processed the newest generation", () => {
    const asked = (generation: number, status: string) =>
      operatorRollout({
        kind: "Prometheus",
        metadata: { name: "main", namespace: "monitoring", generation },
        status: {
          conditions: [{ type: "Reconciled", status, reason: "Failed", message: "no", observedGeneration: 1 }],
        },
      }).progress;
    expect(asked(1, "True").done).toBe(true);
    expect(asked(2, "True")).toEqual({ done: false, text: "the operator has not created it yet" });
    expect(asked(1, "False").text).toBe("the operator has not created it yet: Failed: no");
  });

  test("has not started while the controller has not seen the newest version", () => {
    const unseen = listed.map((one) => ({ ...one, metadata: { ...one.metadata, generation: 99 } })) as Listed[];
    const stateful = rollouts(unseen).find(({ name }) => name === "StatefulSet/stateful");
    expect(stateful?.progress).toEqual({ done: false, text: "not started" });
  });
});

describe("the target cluster", () => {
  const empty: ClusterFacts = {
    operatorCrds: [],
    operators: [],
    nodeExporters: [],
    nodes: [
      {
        name: "one",
        runtime: "containerd://2.1.0",
        system: "linux",
        architecture: "amd64",
        tainted: false,
        selinux: false,
      },
    ],
    storageClasses: [{ name: "standard", isDefault: true, expandable: false }],
    metricsApi: true,
    images: [local.erp.image],
    ending: [],
  };
  const crd = { name: "prometheuses.monitoring.coreos.com", version: "0.80.1" };

  test("has no faults if it is empty, or if everything in it is our own", () => {
    const own: ClusterFacts = {
      ...empty,
      operatorCrds: [{ ...crd, release: "monitoring/prometheus-operator-crds" }],
      operators: ["monitoring/kube-prometheus-stack-operator"],
      nodeExporters: ["node-agents/kube-prometheus-stack-prometheus-node-exporter"],
    };
    expect([empty, own].flatMap((facts) => clusterFaults(local, facts))).toEqual([]);
  });

  test("is reported with all conflicts at once, and with what to set to `existing` or `off`", () => {
    const used: ClusterFacts = {
      ...empty,
      operatorCrds: [{ ...crd, release: "observability/kps" }],
      operators: ["observability/kps-operator"],
      nodeExporters: ["kube-system/node-exporter"],
      storageClasses: [{ name: "slow", isDefault: false, expandable: false }],
      ending: ["erp", "somebody-elses"],
    };
    const faults = clusterFaults(local, used).map(({ place, value = "", remedy: way }) => [place, value, way]);
    expect(faults).toEqual([
      [
        "config/local.ts: cluster.operator",
        expect.stringMatching(/operator 0\.80\.1, .* observability\/kps$/),
        expect.stringContaining("`existing`"),
      ],
      ["config/local.ts: cluster.operator", "observability/kps-operator", expect.stringContaining("`existing`")],
      ["config/local.ts: cluster.nodeExporter", "kube-system/node-exporter", expect.stringContaining("`off`")],
      ["config/local.ts: cluster.storageClass", "", "set a StorageClass, or install a provisioner"],
      ["config/local.ts: cluster.context", "", expect.stringContaining("namespace/erp ")],
    ]);
  });

  test("has a fault for a missing metrics API, and one for a missing StorageClass", () => {
    const faults = clusterFaults(production, { ...empty, metricsApi: false });
    expect(faults.map(({ place }) => place)).toEqual([
      "config/production.ts: cluster.storageClass",
      "config/production.ts: erp.api.scale",
    ]);
  });

  test("has a fault for nodes that run Docker, whose log files have another format", () => {
    const node = {
      name: "minikube",
      runtime: "docker://28.1.1",
      system: "linux",
      architecture: "amd64",
      tainted: false,
      selinux: false,
    };
    expect(clusterFaults(local, { ...empty, nodes: [node] })).toEqual([
      expect.objectContaining({
        place: "config/local.ts: cluster.context",
        value: "minikube (docker://28.1.1)",
        remedy: expect.stringContaining("minikube start --container-runtime=containerd"),
      }),
    ]);
  });

  test("gets notes about Windows nodes without a taint, and about several architectures", () => {
    const [linux] = empty.nodes as [ClusterFacts["nodes"][number]];
    const windows = { ...linux, name: "win", system: "windows" };
    const nodes = [linux, { ...linux, name: "two", architecture: "arm64" }, windows, { ...windows, tainted: true }];
    expect(clusterNotes(local, { ...empty, nodes })).toEqual([
      expect.stringMatching(/Windows nodes: win\. Taint/),
      expect.stringContaining("amd64 and arm64"),
    ]);
  });

  test("gets notes about nodes with cgroup v1 and with SELinux", () => {
    const [node] = empty.nodes as [ClusterFacts["nodes"][number]];
    const nodes = [
      { ...node, name: "old", cgroups: 1 },
      { ...node, name: "new", cgroups: 2 },
      { ...node, name: "strict", selinux: true },
    ];
    expect(clusterNotes(local, { ...empty, nodes })).toEqual([
      expect.stringMatching(/cgroup v1: old\./),
      expect.stringMatching(/SELinux is enforced on these nodes: strict\./),
    ]);
  });

  test.each([
    ["127.0.0.1:10249", "full", 1],
    ["[::1]:10249", "full", 1],
    ["0.0.0.0:10249", "full", 0],
    [undefined, "full", 0],
    ["127.0.0.1:10249", "curated", 0],
  ] as const)(
    "whose kube-proxy serves metrics at %s gets, with %s monitoring, %i notes",
    (address, monitoring, count) => {
      const environment = { ...local, clusterMonitoring: monitoring };
      const notes = clusterNotes(environment, { ...empty, ...(address && { kubeProxyMetrics: address }) });
      expect(notes.filter((note) => note.includes("metricsBindAddress to 0.0.0.0:10249"))).toHaveLength(count);
    },
  );

  test("gets a note about volumes that cannot grow, except on a laptop", () => {
    const { storageClass: name = "" } = production.cluster;
    const on = (expandable: boolean) => ({ ...empty, storageClasses: [{ name, isDefault: false, expandable }] });
    expect(clusterNotes(production, on(false))).toEqual([expect.stringContaining(`StorageClass ${name} cannot grow`)]);
    expect([...clusterNotes(production, on(true)), ...clusterNotes(local, empty)]).toEqual([]);
  });

  test("without the ERP's image gets the commands that build and load it", () => {
    const on = (context: string) =>
      clusterNotes({ ...local, cluster: { ...local.cluster, context } }, { ...empty, images: [] }).join();
    expect(on("kind-erp")).toMatch(/\n {2}docker build -t localhost\/erp:0\.1\.0 erp\/\n {2}kind load .+ --name erp$/);
    expect(on("k3d-shop")).toContain("k3d image import localhost/erp:0.1.0 --cluster shop");
    expect(on("minikube")).toContain("minikube image load localhost/erp:0.1.0");
    expect(clusterNotes(local, empty)).toEqual([]);
  });
});

describe("the facts about a cluster", () => {
  const nodeInfo = {
    architecture: "amd64",
    containerRuntimeVersion: "containerd://2.1.0",
    kernelVersion: "6.1.0-37-amd64",
    kubeletVersion: "v1.33.13",
    operatingSystem: "linux",
    osImage: "Debian GNU/Linux 12 (bookworm)",
  };
  const node = (name: string, other: object = {}, labels: object = {}) => ({
    metadata: { name, labels },
    spec: {},
    status: { nodeInfo: { ...nodeInfo, ...other } },
  });
  /** As kubeadm writes it, with an empty address, for which kube-proxy uses its default. */
  const configuration = `apiVersion: kubeproxy.config.k8s.io/v1alpha1
bindAddress: 0.0.0.0
kind: KubeProxyConfiguration
metricsBindAddress: ""
mode: ""
`;
  const kubelet = readFileSync("metrics/evidence/kubelet.prom", "utf8");
  const metricsOf = (name: string) => `get --raw /api/v1/nodes/${name}/proxy/metrics`;

  /** Answers each command with a recorded output. Other metrics of nodes are forbidden, and other lists are empty. */
  class Recorded extends Kubectl {
    readonly asked: string[] = [];
    constructor(readonly answers: Readonly<Record<string, string | object>>) {
      super("recorded");
    }
    override async attempt(args: readonly string[]) {
      const command = args.join(" ");
      this.asked.push(command);
      const [, answer] = Object.entries(this.answers).find(([start]) => command.startsWith(start)) ?? [];
      const forbidden = answer === undefined && command.includes("--raw");
      const other = command.includes("json") && !command.includes("--ignore-not-found") ? { items: [] } : "";
      const stdout = answer ?? other;
      return {
        code: forbidden ? 1 : 0,
        stdout: typeof stdout === "string" ? stdout : JSON.stringify(stdout),
        stderr: forbidden ? "Error from server (Forbidden)" : "",
        interrupted: false,
      };
    }
  }

  test("include the cgroup version of each Linux node, from one kubelet of each system", async () => {
    const newer = { kernelVersion: "6.12.0-41-amd64", osImage: "Debian GNU/Linux 13 (trixie)" };
    const nodes = [
      node("a"),
      node("b"),
      node("c", newer),
      node("d", { osImage: "Talos" }),
      node("w", { operatingSystem: "windows" }),
    ];
    const kubectl = new Recorded({
      "get nodes": { items: nodes },
      // The node on which it was captured uses cgroup v1.
      [metricsOf("b")]: kubelet,
      [metricsOf("c")]: kubelet.replace(/^kubelet_cgroup_version 1$/m, "kubelet_cgroup_version 2"),
    });
    const facts = await clusterFacts(kubectl);
    expect(facts.nodes.map(({ name, cgroups }) => [name, cgroups])).toEqual([
      ["a", 1],
      ["b", 1],
      ["c", 2],
      ["d", undefined],
      ["w", undefined],
    ]);
    expect(kubectl.asked.filter((command) => command.includes("--raw"))).toEqual(["b", "c", "d"].map(metricsOf));
  });

  test("include SELinux where Node Feature Discovery reports it", async () => {
    const labels = { "feature.node.kubernetes.io/kernel-selinux.enabled": "true" };
    const { nodes } = await clusterFacts(new Recorded({ "get nodes": { items: [node("a"), node("b", {}, labels)] } }));
    expect(nodes.map(({ selinux }) => selinux)).toEqual([false, true]);
  });

  test.each([
    ["kubeadm", { "config.conf": configuration, "kubeconfig.conf": "kind: Config\n" }, "127.0.0.1:10249"],
    ["EKS", { config: configuration.replace('""', "0.0.0.0:10249") }, "0.0.0.0:10249"],
    ["another installer", { "other.conf": "kind: Config\n" }, undefined],
  ])("include the address of kube-proxy's metrics, as %s configures it", async (_, data, address) => {
    const items = [{ metadata: { name: "kube-proxy" }, data }];
    const facts = await clusterFacts(new Recorded({ "get configmaps kube-proxy": { items } }));
    expect(facts.kubeProxyMetrics).toBe(address);
  });

  test("lack the address of kube-proxy's metrics if there is no kube-proxy", async () => {
    expect(await clusterFacts(new Recorded({}))).not.toHaveProperty("kubeProxyMetrics");
  });
});

describe("the generated secrets of a laptop", () => {
  const value = (secrets: ReturnType<typeof laptopSecrets>, secret: string, key: string) =>
    secrets.find((one) => one.secret === secret && one.key === key)?.value ?? "";

  test("have the same password for a server and in the URLs of that server", () => {
    const made = laptopSecrets(local, () => undefined);
    const password = value(made, "erp/postgresql", "erp-password");
    expect(password).toMatch(/^[0-9a-f]{48}$/);
    expect(value(made, "erp/erp-postgresql", "url")).toBe(`postgresql://erp:${password}@postgresql.erp.svc:5432/erp`);
    const { username, password: redis } = new URL(value(made, "erp/erp-redis-exporter", "url"));
    expect(value(made, "erp/redis", "users.acl")).toContain(`user ${username} on >${redis} `);
  });

  test("are random each time, and keep the values that the cluster has", () => {
    const [one, other] = [laptopSecrets(local, () => undefined), laptopSecrets(local, () => undefined)];
    const passwords = (made: typeof one) => made.map(({ value: text }) => text).filter((text) => text !== "admin");
    expect(passwords(one).filter((text) => passwords(other).includes(text))).toEqual([]);
    const present = (secret: string, key: string) => value(one, secret, key) || undefined;
    const server = ["erp/postgresql", "erp/redis"];
    const rest = laptopSecrets(local, (secret, key) => (server.includes(secret) ? present(secret, key) : undefined));
    expect(value(rest, "erp/erp-redis", "url")).toBe(value(one, "erp/erp-redis", "url"));
    expect(value(rest, "erp/erp-postgresql", "url")).toBe(value(one, "erp/erp-postgresql", "url"));
  });
});

/** The RSA key of RFC 7517, appendix A.1. */
const rsa = {
  kty: "RSA",
  n: "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
  e: "AQAB",
  alg: "RS256",
  kid: "2011-04-29",
};

describe("the key pair of a laptop", () => {
  const made = (environment = local) =>
    Object.fromEntries(
      laptopSecrets(environment, () => undefined)
        .filter(({ secret }) => secret === "erp/erp-identity")
        .map(({ key, value }) => [key, value]),
    );

  test("verifies with its public part what was signed with its private part", () => {
    const { "jwks.json": keySet = "", "signing-key.pem": privateKey = "" } = made();
    const [jwk] = JSON.parse(keySet).keys;
    const text = Buffer.from("header.payload");
    const verify = createVerify("RSA-SHA256").update(text);
    const signature = createSign("RSA-SHA256").update(text).sign(privateKey);
    expect(verify.verify(createPublicKey({ key: jwk, format: "jwk" }), signature)).toBe(true);
    expect(Object.keys(jwk).sort()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
    expect(keySetFault(keySet)).toBeUndefined();
  });

  test("has its thumbprint as its id, as in the example of RFC 7638, 3.1", () => {
    expect(thumbprint(rsa)).toBe("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    const [jwk] = JSON.parse(made()["jwks.json"] ?? "").keys;
    expect(jwk.kid).toBe(thumbprint(jwk));
  });

  test("is another one each time", () => {
    expect(made()["jwks.json"]).not.toBe(made()["jwks.json"]);
  });

  test("is not made for an image that authenticates by itself", () => {
    expect(made({ ...local, erp: { ...local.erp, identity: { mode: "own" } } })).toEqual({});
  });
});

describe("a value of a Secret", () => {
  const inSecrets = (environment: Environment, name: string, key: string, value: string) => {
    const namespace = name.startsWith("alertmanager") ? "monitoring" : name.startsWith("grafana") ? "grafana" : "erp";
    const secret = { namespace, name, keys: [key], purpose: "" };
    const data = { [key]: Buffer.from(value).toString("base64") };
    return wrongValues(environment, [{ secret, data, missingKeys: [] }]);
  };
  const exporter = (value: string) => inSecrets(production, "erp-postgresql-exporter", "url", value);
  const prefix = "erp/erp-postgresql-exporter: the value of the key url ";

  // The real postgres_exporter connects with these values.
  test.each([
    "postgresql://exporter:hunter2@db:5432/erp?sslmode=disable",
    "postgres://exporter@db/erp",
    "postgresql://exporter:a%2Fb%40c%2C~!$&'()*+;=.-_:@[fd00::1]:5432/erp",
  ])("is accepted: %s", (value) => expect(exporter(value)).toEqual([]));

  // It repeats the password of each of these in its log, except for the last two.
  test.each([
    ["postgresql://exporter:hunt%er2@db:5432/erp", "must contain `%` as `%25` in user and password"],
    ["postgresql://exporter:hunt er2@db:5432/erp", "must not contain white space"],
    ["postgresql://exporter:hunt/er2@db:5432/erp", "must contain `/` as `%2F` in user and password"],
    ["postgresql://exporter:hunt#er2@db:5432/erp", "must contain `#` as `%23` in user and password"],
    ["postgresql://exporter:hunt?er2@db:5432/erp", "must contain `?` as `%3F` in user and password"],
    ["postgresql://exporter:hunt[er2@db:5432/erp", "must contain `[` as `%5B` in user and password"],
    [
      "postgresql://exporter:hünter2@db/erp",
      "must contain letters outside of ASCII as bytes of UTF-8, such as `%C3%BC` in user and password",
    ],
    [
      "postgresql://exporter:hunter2@db:5432/erp\n",
      "must not start or end with white space, such as the line break that `echo` adds",
    ],
    [
      "host=db user=exporter password=hunter2",
      "must not contain white space, and must start with postgresql:// or postgres://",
    ],
    [
      "postgresql://exporter:hunt,er2@db:5432/erp",
      "must not contain a comma: name one host, and write `,` in a password as `%2C`",
    ],
    ["exporter:hunter2@db:5432/erp", "must start with postgresql:// or postgres://"],
    ["postgresql+psycopg://exporter:hunter2@db:5432/erp", "must start with postgresql:// or postgres://"],
    ["postgresql://exporter:hunter2@db:99999/erp", "must have a port between 1 and 65535"],
    ["postgresql://exporter:hunter2@:5432/erp", "must contain a host"],
  ])("is refused without being printed: %s", (value, rule) => {
    expect(exporter(value)).toEqual([`${prefix}${rule}`]);
  });

  test.each<[string, string, string, string]>([
    ["erp-postgresql", "url", "db:5432/erp", "must start with a scheme, such as https://"],
    ["erp-redis-exporter", "url", "redis://:s3/cret@redis:6379", "must contain `/` as `%2F` in user and password"],
    ["alertmanager-receivers", "heartbeat-url", "beats.example.com/7", "must start with https:// or http://"],
    [
      "grafana-admin",
      "admin-password",
      "hunter2\n",
      "must not start or end with white space, such as the line break that `echo` adds",
    ],
    [
      "erp-postgresql",
      "url",
      "redis://erp:hunter2@redis:6379/0",
      "must not start with redis://, which is the URL of another kind of server: two Secrets may be swapped",
    ],
    [
      "erp-redis",
      "url",
      "postgresql+psycopg://erp:hunter2@db:5432/erp",
      "must not start with postgresql://, which is the URL of another kind of server: two Secrets may be swapped",
    ],
    [
      "erp-elasticsearch",
      "url",
      "rediss://erp:hunter2@redis:6379/0",
      "must not start with rediss://, which is the URL of another kind of server: two Secrets may be swapped",
    ],
    ...[
      "https://grafana.example.com/hook",
      "http://erp-api.erp.svc:8000/hook\n",
      "https://erp.example.com/hook",
      "http://loki.logging.svc.cluster.local:3100",
    ].map((value): [string, string, string, string] => [
      "alertmanager-receivers",
      "slack-api-url",
      value,
      "must not be an address of this environment: its programs receive no notifications",
    ]),
  ])("is checked for the program that reads it: %s, %s", (name, key, value, rule) => {
    expect(inSecrets(production, name, key, value)).toEqual([expect.stringContaining(`key ${key} ${rule}`)]);
  });

  test.each([
    ["payments-token", "a b", "must not contain white space"],
    ["payments-jsm", "a\tb", "must not contain white space"],
    ["payments-teams", "http://prod-1.example.com/workflows/1", "must start with https://"],
    ["warehouse-bot", "https://api.telegram.org/bot1:a", "must be the token of a bot as @BotFather shows it"],
  ])("is checked for the receiver that uses it: %s, %s", (key, value, rule) => {
    const secret = { namespace: "monitoring", name: "receivers", keys: [key], purpose: "" };
    const values = (one: string) =>
      wrongValues(existing, [{ secret, data: { [key]: Buffer.from(one).toString("base64") }, missingKeys: [] }]);
    expect(values(value)).toEqual([expect.stringContaining(`key ${key} ${rule}`)]);
    expect(values(key === "payments-teams" ? "https://prod-1.example.com/?sig=a\n" : "1234567890:a-b_c\n")).toEqual([]);
  });

  test("may have a scheme that only the image of the ERP uses, and a line break that Alertmanager ignores", () => {
    const several = "postgresql+asyncpg://erp:hunt,er2@one:5432,two:5432/erp";
    expect(inSecrets(production, "erp-postgresql", "url", several)).toEqual([]);
    expect(inSecrets(production, "alertmanager-receivers", "heartbeat-url", "https://beats.example.com/7\n")).toEqual(
      [],
    );
  });
});

describe("a set of public keys", () => {
  // RFC 7517, appendix A.1 and A.3; RFC 8037, appendix A.1 and A.2.
  const ec = {
    kty: "EC",
    crv: "P-256",
    x: "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
    y: "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
    use: "enc",
    kid: "1",
  };
  const ed25519 = { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", kid: "2" };
  const privatePart = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
  const symmetric = { kty: "oct", alg: "A128KW", k: "GawgguFyGrWKav7AX4VKUg" };
  const small = { ...rsa, n: Buffer.alloc(128, 0xc1).toString("base64url") };
  const unusable = "contains no public key that the ERP can use";
  const inEnvironment = (value: string) => {
    const secret = { namespace: "erp", name: "erp-identity", keys: ["jwks.json"], purpose: "keys" };
    const data = { "jwks.json": Buffer.from(value).toString("base64") };
    return wrongValues(local, [{ secret, data, missingKeys: [] }]);
  };

  test.each([
    ["the public keys of RFC 7517, of which one is for encryption", [ec, rsa]],
    ["an Ed25519 key", [ed25519]],
    ["a P-256 key for signatures", [{ ...ec, use: "sig" }]],
    ["an unknown kind of key besides a usable one", [{ kty: "AKP", pub: "" }, rsa]],
  ])("is accepted: %s", (_, keys) => {
    expect(inEnvironment(JSON.stringify({ keys }))).toEqual([]);
  });

  test.each([
    ["a private key", { keys: [rsa, { ...ed25519, d: privatePart }] }, "contains a private or a symmetric key"],
    ["a symmetric key", { keys: [rsa, symmetric] }, "contains a private or a symmetric key"],
    ["a key for encryption only", { keys: [ec] }, unusable],
    ["a key of 1,024 bits", { keys: [small] }, unusable],
    ["a key without an id", { keys: [{ ...rsa, kid: undefined }] }, unusable],
    ["a key for an algorithm that the ERP does not accept", { keys: [{ ...rsa, alg: "RS512" }] }, unusable],
    ["a key for key agreement", { keys: [{ ...ed25519, crv: "X25519" }] }, unusable],
    ["no key", { keys: [] }, unusable],
    ["one key without a set", rsa, "is not a JWK set"],
    ["a text in the list", { keys: [privatePart] }, "is not a JWK set"],
    ["null", null, "is not a JWK set"],
  ])("is refused with %s, which is not printed", (_, value, expected) => {
    const [wrong = "", ...others] = inEnvironment(JSON.stringify(value));
    expect(others).toEqual([]);
    expect(wrong).toMatch(`erp/erp-identity: the value of the key jwks.json ${expected}`);
    expect(wrong).not.toContain(privatePart);
  });

  test("is refused as a private key in PEM, which is not printed", () => {
    const { privateKey } = signingKeys();
    const [wrong = ""] = inEnvironment(privateKey);
    expect(wrong).toMatch(/^erp\/erp-identity: the value of the key jwks\.json is not a JWK set/);
    expect(wrong).not.toContain(privateKey.slice(40, 60));
  });
});

describe("the credentials of a registry", () => {
  const type = "kubernetes.io/dockerconfigjson";
  const judge = (value: string, given = type) => {
    const secret = { namespace: "erp", name: "registry", keys: [".dockerconfigjson"], purpose: "registry" };
    const data = { ".dockerconfigjson": Buffer.from(value).toString("base64") };
    return wrongValues(production, [{ secret, data, type: given, missingKeys: [] }]);
  };
  const content = JSON.stringify({ auths: { "registry.example.com": { auth: "YTpi" } } });

  test("are accepted as `docker login` writes them", () => expect(judge(content)).toEqual([]));

  test.each(["registry.example.com", "null", "{}", '{"auths":{}}', '{"credsStore":"desktop"}'])(
    "are refused if the kubelet finds none in them: %s",
    (value) => {
      expect(judge(value)).toEqual([
        "erp/registry: the value of the key .dockerconfigjson must be a JSON object with `auths`, as `docker login` writes it to `config.json`",
      ]);
    },
  );

  test("are refused in a Secret of a type that the kubelet ignores", () => {
    expect(judge(content, "Opaque")).toEqual([expect.stringContaining(`the type must be ${type} and not Opaque`)]);
  });
});

describe("a missing Secret", () => {
  const secret = { namespace: "erp", name: "erp-tls", keys: ["a", "b"], purpose: "the ERP's certificate" };

  test("is printed with the command that creates it", () => {
    const missing = { secret, missingKeys: ["a", "b"] };
    expect(describeSecret(missing)).toBe("erp/erp-tls (the ERP's certificate) does not exist");
    expect(remedy(missing, kubectl)).toBe(
      "kubectl --context laptop -n erp create secret generic erp-tls --from-file=a=<file> --from-file=b=<file>",
    );
    const certificate = { secret: { ...secret, keys: ["tls.crt", "tls.key"] }, missingKeys: ["tls.crt", "tls.key"] };
    expect(remedy(certificate, kubectl)).toContain("create secret tls erp-tls --cert=<file> --key=<file>");
    const registry = { secret: { ...secret, keys: [".dockerconfigjson"] }, missingKeys: [".dockerconfigjson"] };
    expect(remedy(registry, kubectl)).toContain(
      "create secret docker-registry erp-tls --from-file=.dockerconfigjson=<file>",
    );
    const variables = { secret: { ...secret, keys: [] }, missingKeys: [] };
    expect(remedy(variables, kubectl)).toContain("create secret generic erp-tls --from-env-file=<file>");
  });

  test("is completed and never replaced if only a key is missing", () => {
    const incomplete = { secret, data: { a: "YQ==" }, missingKeys: ["b"] };
    expect(describeSecret(incomplete)).toContain("has no value for the key b");
    expect(remedy(incomplete, kubectl)).toContain("patch secret erp-tls --type=merge --patch-file=<file>");
  });
});
