import type { Environment } from "../settings/environment";
import { local } from "./local";
import { production } from "./production";
import { staging } from "./staging";

/** All environments, one in each `config/<name>.ts`. Each run of the synth includes all of them. */
export const environments: readonly Environment[] = [local, staging, production];
