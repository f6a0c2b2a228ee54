import type { Environment } from "../config/environment";

type RemoteWrite = Environment["prometheus"]["remoteWrite"][number];

/** Where samples are sent besides, as the operator takes it. */
export function remoteWrite({ url, basicAuth }: RemoteWrite): object {
  return { url, ...(basicAuth && { basicAuth }) };
}
