/** The variable that a managed DSN comes from, as Terraform knows it and as a shell sets it. */
export const sentryDsnVariable = "sentry_dsn";

/** `https://<public key>@<host>/<project id>`, in the signs that Terraform's and JavaScript's expressions share. */
export const sentryDsnPattern = "^https?://[0-9a-zA-Z]+@[^/@:]+(:[0-9]+)?/([^/]+/)*[0-9]+$";

export const sentryDsnRemedy =
  "TF_VAR_sentry_dsn must be a DSN of Sentry, https://<public key>@<host>/<project id>: copy it from the project's settings, Client Keys.";
