import type { Environment } from "../../settings/environment";
import { versionOf } from "../../settings/images";
import { sentryProjectOf, sentryUrl } from "../../settings/sentry-project-of";
import { request } from "../request";
import { sentryToken } from "./sentry-token";

/**
 * Reports to Sentry that the release of the ERP's image was deployed, if the environment has a project in Sentry and the shell
 * has a token. The deployment is complete without it, so that a failure is only reported.
 *
 * @returns one line about the release
 * @see https://docs.sentry.io/api/releases/create-a-deploy/
 */
export async function reportRelease(
  environment: Environment,
  variables: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const version = versionOf(environment.erp.image);
  const named = `Release:  ${version}, which the pods of the ERP report as APP_VERSION`;
  const project = sentryProjectOf(environment);
  const token = sentryToken(variables);
  if (project === undefined || token === undefined) return named;
  const { organization, slug } = project;
  const releases = `${sentryUrl(project)}/api/0/organizations/${organization}/releases/`;
  try {
    await post(releases, token, { version, projects: [slug] });
    await post(`${releases}${encodeURIComponent(version)}/deploys/`, token, {
      environment: environment.name,
      projects: [slug],
      dateFinished: new Date().toISOString(),
    });
  } catch (error) {
    return `${named}\n          Sentry does not know it: ${(error as Error).message}`;
  }
  return `${named}, and as Sentry has noted`;
}

/** @throws {Error} with the status of Sentry's answer, and never with the token. */
async function post(url: string, token: string, body: object): Promise<void> {
  const response = await request(
    url,
    {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify(body),
    },
    20,
  );
  if (response.ok) return;
  const { origin, pathname } = new URL(url);
  throw new Error(`${origin}${pathname} answered ${response.status}: ${(await response.text()).slice(0, 200)}`);
}
