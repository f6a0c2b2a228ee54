import type { Environment } from "../config/environment";

type RemoteWrite = Environment["prometheus"]["remoteWrite"][number];

/** Where samples are sent besides, as the operator takes it; named by the address, which alerts about it then say. */
export function remoteWrite({ url, basicAuth }: RemoteWrite): object {
  return { name: url, url, ...(basicAuth && { basicAuth }) };
}
