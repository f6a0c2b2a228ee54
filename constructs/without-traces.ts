/**
 * What nothing but a stack trace needs, and every synth would pay for. `DEBUG=1` keeps it.
 *
 * cdktf records an endless trace for every token that it makes, which cannot be switched off; only these ask for an
 * unlimited depth. https://github.com/hashicorp/terraform-cdk/blob/v0.21.0/packages/cdktf/lib/tokens/private/stack-trace.ts
 * tsx has Node read the source map of each module, and those of the provider are megabytes.
 */
const captured = Error.captureStackTrace;

if (!process.env.DEBUG) {
  Error.captureStackTrace = (error, below) => {
    if (Error.stackTraceLimit === Number.MAX_SAFE_INTEGER) Object.assign(error, { stack: "" });
    else captured.call(Error, error, below);
  };
  process.setSourceMapsEnabled(false);
}
