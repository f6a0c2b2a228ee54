import { namespaces } from "../../settings/addresses";
import type { Environment } from "../../settings/environment";
import { type CheckedSecret, valueIn } from "./check-secrets";
import { keySetFault } from "./key-set-fault";

/** The existing values that the programs could not use, as sentences that contain no part of these values. */
export function wrongValues({ erp: { identity } }: Environment, found: readonly CheckedSecret[]): string[] {
  if (identity.mode === "own" || "uri" in identity.keys) return [];
  const { name, key } = identity.keys.secret;
  const secret = `${namespaces.erp}/${name}`;
  const value = valueIn(found, secret, key);
  const fault = value && keySetFault(value);
  return fault ? [`${secret}: the value of the key ${key} ${fault}`] : [];
}
