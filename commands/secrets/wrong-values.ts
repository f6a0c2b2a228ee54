import { namespaces } from "../../settings/addresses";
import type { Environment } from "../../settings/environment";
import { keySecret } from "../../settings/identity";
import { type CheckedSecret, valueIn } from "./check-secrets";
import { keySetFault } from "./key-set-fault";

/** The existing values that the programs could not use, as sentences that contain no part of these values. */
export function wrongValues({ erp: { identity } }: Environment, found: readonly CheckedSecret[]): string[] {
  const keys = keySecret(identity);
  if (keys === undefined) return [];
  const secret = `${namespaces.erp}/${keys.name}`;
  const value = valueIn(found, secret, keys.key);
  const fault = value && keySetFault(value);
  return fault ? [`${secret}: the value of the key ${keys.key} ${fault}`] : [];
}
