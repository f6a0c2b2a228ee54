/**
 * Disables two slow operations that only stack traces need. `DEBUG=1` keeps them.
 *
 * cdktf records an unlimited stack trace for every token, which cannot be configured. Only these traces are unlimited.
 * https://github.com/hashicorp/terraform-cdk/blob/v0.21.0/packages/cdktf/lib/tokens/private/stack-trace.ts
 *
 * tsx makes Node read the source map of each module, and the source maps of the provider are several megabytes.
 */
const captured = Error.captureStackTrace;

if (!process.env.DEBUG) {
  Error.captureStackTrace = (error, below) => {
    if (Error.stackTraceLimit === Number.MAX_SAFE_INTEGER) Object.assign(error, { stack: "" });
    else captured.call(Error, error, below);
  };
  process.setSourceMapsEnabled(false);
}
