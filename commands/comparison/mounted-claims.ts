import { isDeepStrictEqual } from "node:util";
import { breakingChange } from "./breaking-change";
import type { FieldChange, FoundChange } from "./change";
import type { Named } from "./compare-named";
import type { DeployedObject, Fields } from "./deployed-objects";
import { leafChanges } from "./leaf-changes";
import { type Container, containersOf, podSpec } from "./pod-spec";

/** Changes after which the pods of a workload no longer find the data on their PersistentVolumeClaim. */
export function mountedClaimChanges(
  object: DeployedObject,
  before: Named<DeployedObject>,
  after: Named<DeployedObject>,
): FoundChange[] {
  // The deletion of a claim is reported separately.
  const mounts = mountsOf(object).filter(({ claim }) => {
    const name = `PersistentVolumeClaim ${namespaceOf(object.name)}/${claim}`;
    return name in after || !(name in before);
  });
  if (mounts.length === 0) return [];
  const successor = after[object.name] ?? Object.values(after).find((other) => mountsOne(other, object));
  if (successor === undefined) return [breakingChange(object, "removed", [], unused)];
  const found = mountsOf(successor);
  const lost = mounts.filter(({ claim }) => !found.some((mount) => mount.claim === claim));
  const moved = mounts.filter((mount) => !lost.includes(mount) && !found.some((one) => isSamePlace(mount, one)));
  const fields = leafChanges(object.content, successor.content);
  const about = (isListed: (field: string) => boolean) => fields.filter(({ field }) => isListed(field));
  return [
    ...(lost.length > 0 ? [breakingChange(object, "changed", about(isVolume), unused)] : []),
    ...(moved.length > 0 ? [breakingChange(object, "changed", placeChanges(object, fields), elsewhere)] : []),
    ...majorChanges(object, mounts, found),
  ];
}

const unused = "the pods no longer use the claim: its data stays on the volume, and the pods start without it";
const elsewhere = "the pods look for the data in a folder that does not contain it";
const otherMajor = "another major version may not read the data on the volume: plan its upgrade first";

/** A claim that a container mounts. */
interface Mount {
  readonly claim: string;
  readonly container: string;
  readonly image: string;
  /** Mount path of the volume, and the variables and arguments of the container that contain this path. */
  readonly place: { readonly mount: string; readonly subPath: string; readonly settings: readonly string[] };
}

function mountsOf({ content }: DeployedObject): Mount[] {
  const spec = podSpec(content);
  if (spec === undefined) return [];
  const claims = new Map<string, string>([
    ...(spec.volume ?? []).flatMap(({ name, persistent_volume_claim: claim }): [string, string][] =>
      claim ? [[name, claim.claim_name]] : [],
    ),
    ...templates(content).map((name): [string, string] => [name, `template ${name}`]),
  ]);
  return containersOf(spec).flatMap((container) =>
    (container.volume_mount ?? []).flatMap(({ name, mount_path: mount, sub_path: subPath = "" }) => {
      const claim = claims.get(name);
      if (claim === undefined) return [];
      const place = { mount, subPath, settings: folderSettings(container, mount) };
      return [{ claim, container: container.name, image: container.image ?? "", place }];
    }),
  );
}

/** Names of a StatefulSet's own claims. */
function templates({ spec }: Fields): string[] {
  const { volume_claim_template: own = [] } = (spec ?? {}) as Fields;
  return (own as readonly Fields[]).map(({ metadata }) => (metadata as { readonly name: string }).name);
}

/** Variables and arguments that name a folder on the volume, such as `PGDATA`. */
function folderSettings({ command = [], args = [], env = [] }: Container, mount: string): string[] {
  const variables = env.map(({ name, value = "" }) => `${name}=${value}`);
  return [...variables, ...command, ...args].filter((text) => text.includes(mount)).sort();
}

function mountsOne(other: DeployedObject, { content, name }: DeployedObject): boolean {
  const claims = mountsOf({ ...other, content }).map(({ claim }) => claim);
  return namespaceOf(other.name) === namespaceOf(name) && mountsOf(other).some(({ claim }) => claims.includes(claim));
}

function namespaceOf(name: string): string {
  return /(\S+)\//.exec(name)?.[1] ?? "";
}

function isSamePlace(one: Mount, other: Mount): boolean {
  return one.claim === other.claim && isDeepStrictEqual(one.place, other.place);
}

function isVolume(field: string): boolean {
  return /spec\.(volume|container\[[^\]]+\]\.volume_mount|volume_claim_template)(\[|\.|$)/.test(field);
}

function placeChanges(object: DeployedObject, fields: readonly FieldChange[]): FieldChange[] {
  const folders = mountsOf(object).map(({ place }) => place.mount);
  const named = ({ before, after }: FieldChange) =>
    folders.some((folder) => `${JSON.stringify(before)} ${JSON.stringify(after)}`.includes(folder));
  return fields.filter(
    (change) =>
      /\.volume_mount(\[|\.|$)/.test(change.field) ||
      (/\.(env|command|args)(\[|$)/.test(change.field) && named(change)),
  );
}

/** Containers with a claim whose image has another major version. */
function majorChanges(object: DeployedObject, before: readonly Mount[], after: readonly Mount[]): FoundChange[] {
  const fields = before.flatMap(({ container, image }): FieldChange[] => {
    const other = after.find((mount) => mount.container === container)?.image ?? image;
    return majorOf(image) === majorOf(other) ? [] : [{ field: `image of ${container}`, before: image, after: other }];
  });
  return fields.length > 0 ? [breakingChange(object, "changed", fields, otherMajor)] : [];
}

function majorOf(image: string): string {
  return /:v?(\d+)[^/]*$/.exec(image.replace(/@.*$/, ""))?.[1] ?? "";
}
