import type { Environment } from "../settings/environment";
import { local } from "./local";
import { production } from "./production";
import { staging } from "./staging";

/** Every environment, each as `config/<name>.ts` says it. All of them are synthesised on every run. */
export const environments: readonly Environment[] = [local, staging, production];
