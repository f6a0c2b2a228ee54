import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kubectl } from "../../../commands/cluster/kubectl";
import { requireSecrets } from "../../../commands/secrets/require-secrets";
import { local } from "../../fixtures/local";
import { context, kubectl } from "../kubernetes";
import { pageCommands, runCommands } from "../page-commands";
import { deletedObject } from "../saved-object";
import type { Story } from "./story";

/** The address in the example of the page. */
const example = "redis://exporter:use-a-password-of-your-own@redis:6379/0";

export const encryptedSecret: Story = {
  name: "encrypted-secret",
  proves: "the commands of the page about Secrets restore a Secret from a file that SOPS encrypts",
  minutes: 2,
  needs: "deployment",
  async run() {
    const folder = mkdtempSync(join(tmpdir(), "encrypted-secret-"));
    const saved = readSecret();
    const url = Buffer.from(saved.data.url ?? "", "base64").toString();
    const deletion = deletedObject({ namespace: "erp", kind: "secret", name: "erp-redis-exporter" });
    try {
      const commands = pageCommands("secrets.md", "SOPS").filter((block) => !block.startsWith("npm run "));
      const withOwnUrl = commands.map((block) => block.replace(example, url));
      expect(withOwnUrl).not.toEqual(commands);
      deletion.begin();
      runCommands([`context=${context}`, ...withOwnUrl], folder, 2);
      const restored = readSecret();
      expect(restored.data).toEqual(saved.data);
      // `requireSecrets` would create a Secret that is missing.
      await requireSecrets(local, new Kubectl(context));
      expect(readSecret().metadata.uid).toBe(restored.metadata.uid);
      expect(restored.metadata.annotations ?? {}).toEqual({});
      const committed = readFileSync(join(folder, "secrets", "erp-redis-exporter.yaml"), "utf8");
      expect(committed).toMatch(/^ +name: erp-redis-exporter$/m);
      expect(committed).toMatch(/^ +url: ENC\[/m);
      expect(committed).not.toContain(new URL(url).password);
    } finally {
      rmSync(folder, { recursive: true });
      deletion.end();
    }
  },
};

interface ReadSecret {
  readonly metadata: { readonly uid: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly data: Readonly<Record<string, string>>;
}

function readSecret(): ReadSecret {
  return JSON.parse(kubectl("get", "secret", "--namespace", "erp", "erp-redis-exporter", "--output=json"));
}
