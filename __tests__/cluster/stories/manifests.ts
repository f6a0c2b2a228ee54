import { manifest } from "../../../commands/rendering/manifest";
import { synthesizedStacks } from "../../../commands/synthesized-stacks";
import { everyChoice } from "../../fixtures/choices";
import { kubectlWith } from "../kubernetes";
import type { Story } from "./story";

export const manifests: Story = {
  name: "manifests",
  proves: "the API server accepts all manifests of environments that make every choice",
  minutes: 1,
  needs: "any cluster",
  async run() {
    const resources = synthesizedStacks(everyChoice).flatMap(({ resources }) => resources);
    const items = resources
      .filter(({ type }) => type.startsWith("kubernetes_"))
      .map((resource) => inDefault(manifest(resource).content));
    expect(items.length).toBeGreaterThan(100);
    const list = JSON.stringify({ apiVersion: "v1", kind: "List", items });
    // A dry run stores nothing, so objects of several environments can have the same name.
    const dryRun = ["--server-side", "--force-conflicts", "--dry-run=server", "--validate=strict"];
    kubectlWith(list, "apply", ...dryRun, "--filename", "-");
  },
};

/** The same object in the namespace `default`. The namespaces of the environments do not exist. */
function inDefault(content: unknown): object {
  const { metadata, ...rest } = content as { readonly metadata: { readonly namespace?: string } };
  return { ...rest, metadata: { ...metadata, ...(metadata.namespace !== undefined && { namespace: "default" }) } };
}
