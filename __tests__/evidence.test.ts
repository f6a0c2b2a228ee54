import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { evidenceFile } from "../commands/evidence/capture";
import { closedLabels } from "../commands/evidence/closed-labels";
import { isCommonMount } from "../commands/evidence/common-mounts";
import { excerpt } from "../commands/evidence/excerpt";
import { isVersion, versionIn } from "../commands/evidence/scraped-version";
import { exposedSecrets, secretParts } from "../commands/evidence/secret-values";
import { whileRunning } from "../commands/evidence/while-running";
import { readEvidence } from "../kit/metrics/read-evidence";
import { local } from "./fixtures/local";

/** The cases of https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format, and many series. */
const scrape = `# HELP up_seconds A gauge.
# TYPE up_seconds gauge
up_seconds 1.458255915e9
no_description 12.47
# HELP took_seconds A histogram.
# TYPE took_seconds histogram
took_seconds_bucket{route="/b",le="0.05"} 1
took_seconds_bucket{route="/b",le="+Inf"} 2
took_seconds_sum{route="/b"} 53
took_seconds_count{route="/b"} 2
took_seconds_bucket{route="/a",le="0.05"} 0
took_seconds_bucket{route="/a",le="+Inf"} 1
took_seconds_sum{route="/a"} 9
took_seconds_count{route="/a"} 1
# HELP asked_total A counter.
# TYPE asked_total counter
asked_total{code="500",pod="pod-1"} 3 1395066363000
${Array.from({ length: 9 }, (_, index) => `asked_total{code="200",pod="pod-${index}"} ${index}`).join("\n")}
asked_total{code="200",pod="pod-9",path="C:\\\\DIR\\\\"} 1
# TYPE elsewhere gauge
elsewhere{namespace="theirs"} 1
`;

describe("an excerpt of a scrape", () => {
  const lines = excerpt(scrape, { wanted: ({ namespace }) => namespace !== "theirs" }).split("\n");
  const linesOf = (name: string) => lines.filter((line) => line.startsWith(name));

  test("keeps each metric family with its description, ordered by name", () => {
    const described = lines.filter((line) => line.startsWith("# HELP"));
    expect(described).toEqual(
      ["asked_total A counter.", "took_seconds A histogram.", "up_seconds A gauge."].map((text) => `# HELP ${text}`),
    );
    expect(linesOf("no_description")).toEqual(["no_description 12.47"]);
  });

  test("contains every set of labels and every value of a label with few values, with as few pods as possible", () => {
    expect(linesOf("asked_total")).toEqual([
      'asked_total{code="200",pod="pod-9",path="C:\\\\DIR\\\\"} 1',
      'asked_total{code="200",pod="pod-0"} 0',
      'asked_total{code="500",pod="pod-1"} 3 1395066363000',
    ]);
  });

  test("contains one complete histogram", () => {
    expect(linesOf("took_seconds")).toEqual([
      'took_seconds_bucket{route="/a",le="0.05"} 0',
      'took_seconds_bucket{route="/a",le="+Inf"} 1',
      'took_seconds_sum{route="/a"} 9',
      'took_seconds_count{route="/a"} 1',
    ]);
  });

  test("contains all values of a label that a catalogue lists, even if there are many, also of histograms", () => {
    const isClosed = (family: string, label: string) =>
      ["asked_total pod", "took_seconds route"].includes(`${family} ${label}`);
    const values = (label: string) => new Set(excerpt(scrape, { isClosed }).match(new RegExp(`${label}="[^"]*"`, "g")));
    expect([values("pod").size, [...values("route")]]).toEqual([10, ['route="/a"', 'route="/b"']]);
  });

  test("keeps only the description of a family without needed series", () => {
    expect(lines.filter((line) => line.includes("elsewhere"))).toEqual(["# TYPE elsewhere gauge"]);
  });
});

test.each([
  ["kube_pod_status_phase", "phase", true],
  ["promtail_request_duration_seconds", "status_code", true],
  ["http_requests_total", "status", true],
  ["elasticsearch_cluster_health_status", "color", true],
  ["kube_pod_status_phase", "pod", false],
  ["redis_errors_total", "err", false],
])("whether a catalogue lists the values of %s{%s}: %s", (family, label, closed) => {
  expect(closedLabels(local)(family, label)).toBe(closed);
});

describe("the version of a scrape", () => {
  test.each([
    ['go_build_info{version="v0.314.0"} 1\nprometheus_build_info{branch="",version="3.14.0"} 1', "3.14.0"],
    ['kubernetes_build_info{git_version="v1.33.13",major="1"} 1', "v1.33.13"],
    ['erp_app_info{environment="local",version="0.1.0"} 1', "0.1.0"],
    ['go_build_info{version="(devel)"} 1', undefined],
    ['elasticsearch_exporter_build_info{version=""} 1', undefined],
  ])("is the version that the program reports: %s", (text, version) => {
    expect(versionIn(readEvidence(text))).toBe(version);
  });

  test("is the pinned version, even if the pin omits the last part", () => {
    expect([isVersion("1.33.13", "1.33"), isVersion("1.89.0", "1.89.0")]).toEqual([true, true]);
    expect([isVersion("1.3.13", "1.33"), isVersion("1.333.1", "1.33"), isVersion("1.45.0", "1.89.0")]).toEqual([
      false,
      false,
      false,
    ]);
  });
});

test("the source that an evidence file states can be parsed again", () => {
  const text = evidenceFile({
    source: "shop",
    version: "1.2",
    standIn: "shop 1.2 for 1.3",
    command: "curl localhost",
    behind: "a shop",
    text: "up 1\n",
  });
  expect(text).toBe(
    "# evidence: source=shop version=1.2 stand-in=shop 1.2 for 1.3\n# captured: curl localhost; behind it: a shop\nup 1\n",
  );
  expect(readEvidence(text)).toMatchObject({ source: "shop", version: "1.2", standIn: "shop 1.2 for 1.3" });
});

describe("values of Secrets", () => {
  const heldParts = (value: string) => secretParts(value).map((part) => ({ place: "erp/redis: url", value: part }));

  test.each([
    ["redis://erp:p%40ssw0rd-1@redis.erp.svc:6379", ["p%40ssw0rd-1", "p@ssw0rd-1"]],
    ["user default off\nuser erp on >p4ssw0rd-1 ~* +@all", ["p4ssw0rd-1"]],
    ["p4ssw0rd-1\n", ["p4ssw0rd-1"]],
    ["admin", []],
    ["http://elasticsearch.erp.svc:9200", []],
    ["https://chat.example/hooks/a1b2c3d4", ["https://chat.example/hooks/a1b2c3d4"]],
  ])("are secret unless they are names: %j", (value, parts) => {
    expect(secretParts(value)).toEqual(parts);
  });

  test("are found in every part of a scrape", () => {
    const secrets = heldParts("redis://erp:p4ssw0rd-1@redis.erp.svc:6379");
    expect(exposedSecrets('redis_up{addr="redis://erp:p4ssw0rd-1@redis:6379"} 1', secrets)).toEqual(["erp/redis: url"]);
    expect(exposedSecrets('redis_up{addr="redis.erp.svc:6379"} 1', secrets)).toEqual([]);
  });
});

describe("a program that was started for a scrape", () => {
  const script = (text: string) => ({ path: process.execPath, args: ["-e", text], url: "http://127.0.0.1:1" });

  test("is reported with its output if it ends before it answers", async () => {
    const failing = whileRunning(script("console.error('no database'); process.exit(3)"), async () => "never");
    await expect(failing).rejects.toThrow("does not respond at http://127.0.0.1:1:\nno database");
  });

  test("is reported if it does not exist", async () => {
    const failing = whileRunning({ ...script(""), path: "no-such-program" }, async () => "never");
    await expect(failing).rejects.toThrow("spawn no-such-program ENOENT");
  });
});

test.each([
  ["/", true],
  ["/run/lock", true],
  ["/var/lib/kubelet", true],
  ["/mnt/tools", false],
  ["/variable", false],
])("a file system at %s is kept: %p", (mountpoint, kept) => {
  expect(isCommonMount({ mountpoint })).toBe(kept);
});

test("no evidence contains a folder of the machine on which it was captured", () => {
  const folder = join(__dirname, "..", "metrics", "evidence");
  const foreign = readdirSync(folder)
    .flatMap((file) => readFileSync(join(folder, file), "utf8").match(/mountpoint="[^"]*"/g) ?? [])
    .filter((label) => !isCommonMount({ mountpoint: label.slice('mountpoint="'.length, -1) }));
  expect(foreign).toEqual([]);
});
