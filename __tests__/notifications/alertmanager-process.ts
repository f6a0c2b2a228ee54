import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { stringify } from "yaml";
import { notificationMessages } from "../../alerts/alertmanager/notification-messages";
import { freePort } from "../../commands/free-port";
import { request } from "../../commands/request";
import type { AlertmanagerConfig } from "../../kit/notifications/alertmanager-configuration";
import { listener, type Received } from "./listener";

/** The factor by which the durations of the configuration are shortened unless a test needs another one. */
export const speedup = 150;

export interface Posted {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly endsAt?: string;
}

export interface Running {
  /** Address of Alertmanager. */
  readonly url: string;
  readonly received: readonly Received[];
  readonly post: (alerts: readonly Posted[]) => Promise<void>;
  /** The sum of all series of one of Alertmanager's own metrics. */
  readonly metric: (name: string) => Promise<number>;
  readonly stop: () => Promise<void>;
}

/** Stops each Alertmanager that still runs. */
const stops = new Set<() => Promise<void>>();

/** Stops each Alertmanager that a test which failed has left. It would keep Jest waiting. */
export async function stopAlertmanagers(): Promise<void> {
  await Promise.all([...stops].map((stop) => stop()));
}

/** Writes a configuration to files: the configuration itself, its message templates, and a file for each secret. */
export function writeConfig(config: AlertmanagerConfig, secrets: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "alertmanager-"));
  mkdirSync(join(folder, "secrets"));
  for (const [key, secret] of Object.entries(secrets)) writeFileSync(join(folder, "secrets", key), secret);
  writeFileSync(join(folder, "messages.tmpl"), notificationMessages(config.receivers));
  const text = stringify(config)
    .replaceAll(/\/etc\/alertmanager\/secrets\/[^/]+\//g, join(folder, "secrets/"))
    .replaceAll("/etc/alertmanager/config/", `${folder}/`);
  writeFileSync(join(folder, "alertmanager.yaml"), text);
  return { folder, file: join(folder, "alertmanager.yaml"), remove: () => rmSync(folder, { recursive: true }) };
}

/**
 * Starts a real Alertmanager that sends notifications to a server of the tests, at the addresses in its secrets.
 * @param faster the factor by which the durations of the configuration are shortened
 */
export async function alertmanager(
  program: string,
  config: AlertmanagerConfig,
  secrets: (url: string) => Record<string, string>,
  faster = speedup,
) {
  const { received, url, close } = await listener();
  const started = start(program, () => fasterConfig(config, url, faster), secrets(url)).catch((error) => {
    close();
    throw error;
  });
  const { port, stop: stopProgram } = await started;
  const stop = async () => {
    if (!stops.delete(stop)) return;
    await stopProgram();
    close();
  };
  stops.add(stop);
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    async post(alerts) {
      const body = JSON.stringify(alerts);
      const headers = { "content-type": "application/json" };
      const { ok, status } = await request(`http://127.0.0.1:${port}/api/v2/alerts`, { method: "POST", headers, body });
      if (!ok) throw new Error(`Alertmanager answered ${status}`);
    },
    async metric(name) {
      const text = await (await request(`http://127.0.0.1:${port}/metrics`)).text();
      const values = [...text.matchAll(new RegExp(`^${name}(?:\\{.*\\})? (.+)$`, "gm"))].map(([, value]) =>
        Number(value),
      );
      return values.reduce((sum, value) => sum + value, 0);
    },
    stop,
  } satisfies Running;
}

/** Starts the program, and waits until it is ready. @throws {Error} with its log, when it ends or is not ready in time. */
async function start(program: string, config: () => AlertmanagerConfig, secrets: Readonly<Record<string, string>>) {
  const { folder, file, remove } = writeConfig(config(), secrets);
  const port = await freePort();
  const flags = [`--config.file=${file}`, `--storage.path=${folder}`, `--web.listen-address=127.0.0.1:${port}`];
  const child = spawn(program, [...flags, "--cluster.listen-address="], { stdio: ["ignore", "ignore", "pipe"] });
  const ended = new Promise<void>((resolve) => child.on("exit", () => resolve()));
  const log: string[] = [];
  child.stderr.on("data", (part) => log.push(String(part)));
  const stop = async () => {
    child.kill("SIGKILL");
    await ended;
    remove();
  };
  const isReady = () =>
    request(`http://127.0.0.1:${port}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  try {
    await eventually(
      async () => child.exitCode !== null || (await isReady()),
      () => log.join(""),
    );
    if (child.exitCode !== null) throw new Error(`Alertmanager refuses its configuration:\n${log.join("")}`);
    return { port, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Waits until a condition is true. */
export async function eventually(holds: () => boolean | Promise<boolean>, describeState: () => unknown): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (await holds()) return;
    await after(100);
  }
  throw new Error(`after 10 seconds still: ${describeState()}`);
}

/**
 * The configuration with shorter durations, and with the addresses of APIs, which are no secrets.
 */
function fasterConfig(config: AlertmanagerConfig, url: string, faster: number): AlertmanagerConfig {
  const change = (key: string, value: unknown) => {
    if (/^(group_wait|group_interval|repeat_interval)$/.test(key))
      return `${Math.max(10, milliseconds(String(value), faster))}ms`;
    if (key === "pagerduty_configs") return (value as object[]).map((one) => ({ ...one, url: `${url}/pagerduty` }));
    if (key === "telegram_configs") return (value as object[]).map((one) => ({ ...one, api_url: `${url}/telegram` }));
    if (key === "api_url") return String(value).replace(/^https:\/\/([^/]+)/, `${url}/$1`);
    return value;
  };
  return JSON.parse(JSON.stringify(config, change));
}

function milliseconds(duration: string, faster: number): number {
  const [, amount, unit] = /^(\d+)([smh])$/.exec(duration) ?? [];
  if (unit === undefined) throw new Error(`not a duration in seconds, minutes or hours: ${duration}`);
  return Math.round((Number(amount) * { s: 1000, m: 60_000, h: 3_600_000 }[unit as "s" | "m" | "h"]) / faster);
}
