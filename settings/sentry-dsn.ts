/** Terraform variable that contains a managed DSN. */
export const sentryDsnVariable = "sentry_dsn";

/** Pattern of `https://<public key>@<host>/<project id>`, in syntax that both Terraform and JavaScript accept. */
export const sentryDsnPattern = "^https?://[0-9a-zA-Z]+@[^/@:]+(:[0-9]+)?/([^/]+/)*[0-9]+$";

export const sentryDsnRemedy =
  "TF_VAR_sentry_dsn must be a Sentry DSN, https://<public key>@<host>/<project id>. Copy it from the project's settings, Client Keys.";
