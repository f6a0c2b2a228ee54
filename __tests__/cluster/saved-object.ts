import { testNamespace } from "./deployed-mark";
import type { Disruption } from "./disruption";
import { kubectl, kubectlWith } from "./kubernetes";

/** An object of the deployment, for example a Secret. */
interface ObjectName {
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
}

/**
 * Changes or deletes an object. The original is kept in a Secret of the tests, so that a later run can restore it if
 * this one is interrupted.
 */
export function changedObject(object: ObjectName, change: () => void): Disruption {
  const kept = `kept-${object.kind}-${object.name}`;
  const read = (namespace: string, kind: string, name: string) =>
    kubectl("-n", namespace, "get", kind, name, "--ignore-not-found", "-o", "json");
  return {
    begin: () => {
      const original = JSON.parse(read(object.namespace, object.kind, object.name));
      const { namespace, name, labels, annotations } = original.metadata;
      const manifest = JSON.stringify({
        ...original,
        metadata: { namespace, name, labels, annotations },
        status: undefined,
      });
      const metadata = { namespace: testNamespace, name: kept };
      const secret = { apiVersion: "v1", kind: "Secret", metadata, stringData: { manifest } };
      kubectlWith(JSON.stringify(secret), "create", "-f", "-");
      change();
    },
    end: () => {
      const secret = read(testNamespace, "secret", kept);
      if (secret === "") return;
      const manifest = Buffer.from(JSON.parse(secret).data.manifest, "base64").toString();
      const exists = read(object.namespace, object.kind, object.name) !== "";
      kubectlWith(manifest, exists ? "replace" : "create", "-f", "-");
      kubectl("-n", testNamespace, "delete", "secret", kept);
    },
  };
}

/** Deletes an object that a chart has created. */
export function deletedObject(object: ObjectName): Disruption {
  return changedObject(object, () => kubectl("-n", object.namespace, "delete", object.kind, object.name));
}
