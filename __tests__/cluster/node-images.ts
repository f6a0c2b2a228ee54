import type { Kubectl } from "../../commands/cluster/kubectl";
import { pythonPod } from "../../commands/evidence/python-pod";

interface Node {
  readonly metadata: { readonly name: string };
  readonly status: { readonly images?: readonly { readonly names?: readonly string[] }[] };
}

/** The kubelet lists no more than these, the largest ones (`nodeStatusMaxImages`). */
const listedImages = 50;

/** The images that a node does not have, as `<image> (on <node>)`. Nothing is pulled. */
export async function missingImages(images: readonly string[], kubectl: Kubectl): Promise<readonly string[]> {
  const nodes = await kubectl.list<Node>("nodes");
  const missing = await Promise.all(nodes.map((node) => missingOn(node, images, kubectl)));
  return missing.flat();
}

async function missingOn({ metadata, status }: Node, images: readonly string[], kubectl: Kubectl) {
  const listed = new Set(status.images?.flatMap(({ names = [] }) => names));
  const unlisted = images.filter((image) => !listed.has(fullName(image)));
  const isComplete = (status.images ?? []).length < listedImages;
  const missing = isComplete ? unlisted : await neverPulled(unlisted, metadata.name, kubectl);
  return missing.map((image) => `${image} (on node ${metadata.name})`);
}

/** `redis:7` is `docker.io/library/redis:7`. */
function fullName(image: string): string {
  const [first = "", ...rest] = image.split("/");
  if (rest.length > 0 && /[.:]|^localhost$/.test(first)) return image;
  return rest.length > 0 ? `docker.io/${image}` : `docker.io/library/${image}`;
}

/** The images with which a pod that may not pull cannot start. */
async function neverPulled(images: readonly string[], node: string, kubectl: Kubectl): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const image of images) {
    const spec = {
      ...pythonPod(image, ["true"], { imagePullPolicy: "Never" }),
      nodeName: node,
      restartPolicy: "Never",
    };
    const metadata = { namespace: "default", generateName: "image-check-" };
    const manifest = JSON.stringify({ apiVersion: "v1", kind: "Pod", metadata, spec });
    const pod = (await kubectl.run(["create", "--output=name", "-f", "-"], manifest)).trim();
    try {
      if ((await containerState(pod, kubectl)) === "ErrImageNeverPull") missing.push(image);
    } finally {
      await kubectl.run(["-n", "default", "delete", pod, "--wait=false"]);
    }
  }
  return missing;
}

/** What became of the pod's container: the reason why it waits, or `started`. */
async function containerState(pod: string, kubectl: Kubectl): Promise<string> {
  for (let attempt = 0; attempt < 60; attempt++) {
    const found = await kubectl.run(["-n", "default", "get", pod, "--output=json"]);
    const { waiting, running, terminated } = JSON.parse(found).status.containerStatuses?.[0]?.state ?? {};
    if (running || terminated) return "started";
    if (waiting && waiting.reason !== "ContainerCreating") return waiting.reason;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return "unknown";
}
