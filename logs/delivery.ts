/**
 * How long an agent waits before it tries again to send a batch that Loki did not accept. After an outage of Loki, the
 * first lines arrive within the longest wait and the timeout of a request, which is ten seconds. The agent tries without
 * end: a last attempt would drop the batch. It does not try again to send a batch that Loki rejects for its content.
 */
export const backOff = { leastWait: "500ms", longestWait: "30s" } as const;
