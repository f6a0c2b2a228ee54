/**
 * cdktf records an endless stack trace for every token it makes, which is a third of a synth's time and cannot be
 * switched off. Only its traces ask for an unlimited depth, so only they are left out. `DEBUG=1` keeps them.
 * https://github.com/hashicorp/terraform-cdk/blob/v0.21.0/packages/cdktf/lib/tokens/private/stack-trace.ts
 */
const captured = Error.captureStackTrace;

if (!process.env.DEBUG) {
  Error.captureStackTrace = (error, below) => {
    if (Error.stackTraceLimit === Number.MAX_SAFE_INTEGER) Object.assign(error, { stack: "" });
    else captured.call(Error, error, below);
  };
}
