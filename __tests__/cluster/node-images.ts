import type { Kubectl } from "../../commands/cluster/kubectl";
import { pythonPod } from "../../commands/evidence/python-pod";

interface Node {
  readonly metadata: { readonly name: string };
  readonly status: { readonly images?: readonly { readonly names?: readonly string[] }[] };
}

/** The images that are missing on a node, as `<image> (on node <node>)`. Nothing is pulled. */
export async function missingImages(images: readonly string[], kubectl: Kubectl): Promise<readonly string[]> {
  const nodes = await kubectl.list<Node>("nodes");
  const missing = await Promise.all(nodes.map((node) => missingOn(node, images, kubectl)));
  return missing.flat();
}

/**
 * The status of a node lists its largest 50 images (`nodeStatusMaxImages`), and new ones after minutes. Only a pod with
 * `imagePullPolicy: Never` shows whether an image is missing.
 */
async function missingOn({ metadata, status }: Node, images: readonly string[], kubectl: Kubectl) {
  const listed = new Set(status.images?.flatMap(({ names = [] }) => names));
  const unlisted = images.filter((image) => !listed.has(fullName(image)));
  const canStart = await Promise.all(unlisted.map((image) => startsWith(image, metadata.name, kubectl)));
  return unlisted.filter((_, index) => !canStart[index]).map((image) => `${image} (on node ${metadata.name})`);
}

/** `redis:7` is `docker.io/library/redis:7`. */
function fullName(image: string): string {
  const [first = "", ...rest] = image.split("/");
  if (rest.length > 0 && /[.:]|^localhost$/.test(first)) return image;
  return rest.length > 0 ? `docker.io/${image}` : `docker.io/library/${image}`;
}

/** Whether a pod with `imagePullPolicy: Never` starts with the image. */
async function startsWith(image: string, node: string, kubectl: Kubectl): Promise<boolean> {
  const spec = { ...pythonPod(image, ["true"], { imagePullPolicy: "Never" }), nodeName: node, restartPolicy: "Never" };
  const metadata = { namespace: "default", generateName: "image-check-" };
  const manifest = JSON.stringify({ apiVersion: "v1", kind: "Pod", metadata, spec });
  const pod = (await kubectl.run(["create", "--output=name", "-f", "-"], manifest)).trim();
  try {
    return (await containerState(pod, kubectl)) !== "ErrImageNeverPull";
  } finally {
    await kubectl.run(["-n", "default", "delete", pod, "--wait=false"]);
  }
}

/** The state of the pod's container: the reason why it waits, or `started`. */
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
