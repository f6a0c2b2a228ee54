import { gzipSync } from "node:zlib";
import type { Fault } from "../faults";
import type { StackContents, StackObject, StackRelease, Texts } from "./stack-contents";

type Finding = Pick<Fault, "rule" | "value" | "remedy">;

const mebibyte = 1024 * 1024;
const halves = "divide its content in two, such as a dashboard or a rule group, or remove a part of it";

/**
 * Faults of objects whose names or sizes are beyond the limits of Kubernetes, Helm or the Prometheus operator. An object
 * that is too large makes its release too large as well, so a release has a fault only if none of its objects has one.
 */
export function objectFaults({ objects, releases }: StackContents): Fault[] {
  return [
    ...objects.flatMap((object) => faultsAt(object.place, manifestFindings(object))),
    ...releases.flatMap((release) => {
      const ofChart = release.resources === undefined ? annotationFindings(JSON.parse(release.values)) : [];
      const own = [...releaseNameFindings(release), ...ofChart];
      const ofResources = (release.resources ?? []).flatMap((resource) =>
        faultsAt(resource.place, resourceFindings(resource)),
      );
      const size = ofResources.length === 0 ? releaseSizeFindings(release) : [];
      return [...ofResources, ...faultsAt(release.place, [...own, ...size])];
    }),
  ];
}

function faultsAt(place: string, findings: readonly Finding[]): Fault[] {
  return findings.map((finding) => ({ place, ...finding }));
}

function manifestFindings(object: StackObject): Finding[] {
  // Data as Kubernetes counts it: https://kubernetes.io/docs/concepts/configuration/configmap/#motivation
  const data = sizeFindings("data", bytesIn(Object.values(object.data ?? {})), mebibyte, halves);
  // The largest request that etcd accepts: https://etcd.io/docs/v3.5/dev-guide/limit/
  const whole = () => sizeFindings("a JSON form", Buffer.byteLength(JSON.stringify(object)), 1.5 * mebibyte, halves);
  // The labels and annotations in a rule are not those of a Kubernetes object.
  const described = object.kind === "PrometheusRule" ? { metadata: object.metadata } : object;
  const annotations = annotationFindings(described);
  return [
    ...nameFindings(object.metadata.name),
    ...labelFindings(described),
    ...annotations,
    ...data,
    ...(data.length + annotations.length === 0 ? whole() : []),
  ];
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names */
function nameFindings(name: string): Finding[] {
  if (/^(?!.{254})[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/.test(name)) return [];
  const remedy = "use at most 253 lower-case letters, digits, dashes and dots";
  return [{ rule: "must have a DNS subdomain name (RFC 1123)", value: name, remedy }];
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
function labelFindings(value: unknown): Finding[] {
  return recordsIn(value, ["labels", "matchLabels", "match_labels"])
    .flatMap((labels) => Object.values(labels))
    .filter((label) => !/^(?!.{64})([A-Za-z0-9]([-._A-Za-z0-9]*[A-Za-z0-9])?)?$/.test(label))
    .map((label) => ({
      rule: "must have label values of at most 63 characters: letters, digits, `-`, `_` and `.`",
      value: label,
      remedy: "shorten or correct it",
    }));
}

/** `TotalAnnotationSizeLimitB` of Kubernetes' API machinery counts names and values. */
function annotationFindings(value: unknown): Finding[] {
  return recordsIn(value, ["annotations"]).flatMap((annotations) =>
    sizeFindings("annotations", bytesIn(Object.entries(annotations).flat()), mebibyte / 4, "shorten or remove some"),
  );
}

/** All maps of texts under these keys. */
function recordsIn(value: unknown, keys: readonly string[]): readonly Texts[] {
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([name, held]) =>
    keys.includes(name) && held !== null && typeof held === "object" && !Array.isArray(held)
      ? [held as Texts]
      : recordsIn(held, keys),
  );
}

function releaseNameFindings({ name }: StackRelease): Finding[] {
  if (name.length <= 53) return [];
  return [{ rule: "must have a name of at most 53 characters, for Helm", value: name, remedy: "shorten it" }];
}

function resourceFindings(resource: StackObject): Finding[] {
  const { place: _, ...object } = resource;
  if (object.kind !== "PrometheusRule") return manifestFindings(resource);
  const rules = Buffer.byteLength(JSON.stringify(object.spec));
  // The operator writes each object to a ConfigMap, of which it uses half: `maxConfigMapDataSize` in its package
  // prometheus.
  return [...manifestFindings(resource), ...sizeFindings("rules", rules, mebibyte / 2, halves)];
}

/** Bytes for our chart, which is small, and for the times and the status of a release. */
const chartBytes = 8 * 1024;

/**
 * Helm stores each revision in one Secret: the release as JSON, which contains the values and the manifests, compressed
 * with gzip, as base64. The API decodes only the base64 of the Secret itself, so that the limit of 1 MiB applies to the
 * base64 that Helm wrote. Of other projects' charts, only the values are known here.
 * @see https://github.com/helm/helm/blob/v3.19.0/pkg/storage/driver/util.go
 */
function releaseSizeFindings({ values, resources = [] }: StackRelease): Finding[] {
  const manifest = resources.map(({ place: _, ...resource }) => `---\n${JSON.stringify(resource)}\n`).join("");
  const release = values + JSON.stringify(manifest);
  const whole = Buffer.byteLength(release);
  const compressed = inBase64(whole) > mebibyte ? gzipSync(release, { level: 9 }).length : whole;
  const remedy = "remove some of its rules and monitors, or shorten the settings that its values contain";
  return sizeFindings("a Secret of Helm", inBase64(compressed + chartBytes), mebibyte, remedy);
}

function inBase64(bytes: number): number {
  return 4 * Math.ceil(bytes / 3);
}

function bytesIn(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

function sizeFindings(what: string, bytes: number, most: number, remedy: string): Finding[] {
  if (bytes <= most) return [];
  const rule = `must have ${what} of at most ${most.toLocaleString("en")} bytes`;
  return [{ rule, value: bytes.toLocaleString("en"), remedy }];
}
