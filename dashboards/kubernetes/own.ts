import { ourNamespaces } from "../../config/addresses";

/** Series about our namespaces: with `clusterMonitoring: "full"` there are others. */
export const own = `namespace=~"${ourNamespaces}"`;
