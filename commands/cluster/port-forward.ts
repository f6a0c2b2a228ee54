import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { Address } from "../../settings/addresses";
import { CommandError } from "../command";
import { request } from "../request";
import type { Kubectl } from "./kubectl";

/** A connection to a Service through the kubelet. Unlike the API server's proxy, it passes on `Authorization` headers. */
export class PortForward {
  private stderr = "";

  private constructor(
    started: ChildProcess,
    private readonly ended: Promise<unknown>,
    private readonly target: string,
    private readonly port: number,
  ) {
    started.stderr?.on("data", (data) => {
      this.stderr += data;
    });
  }

  /**
   * Runs work while the port is forwarded.
   * @throws {CommandError} with kubectl's error message, when the port cannot be forwarded.
   */
  static async while<T>(kubectl: Kubectl, address: Address, work: (forward: PortForward) => Promise<T>): Promise<T> {
    const { namespace, service, port } = address;
    const target = `${namespace}/${service}`;
    const args = ["port-forward", "--namespace", namespace, `service/${service}`, `:${port}`];
    const started = spawn("kubectl", ["--context", kubectl.context, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    const ended = once(started, "close");
    try {
      return await work(new PortForward(started, ended, target, await localPort(started, target)));
    } finally {
      started.kill();
      await ended;
    }
  }

  /**
   * Sends a request through the connection.
   * @throws {CommandError} when the connection was closed, or there is no answer in time.
   */
  async request(path: string, init: RequestInit = {}, seconds = 15): Promise<Response> {
    try {
      return await request(`http://127.0.0.1:${this.port}${path}`, init, seconds);
    } catch (error) {
      // The connection breaks a moment before the end of kubectl is known.
      const ended = await Promise.race([this.ended.then(() => true), sleep(1000, false)]);
      if (!ended) throw error;
      const reason = this.stderr.trim().split("\n").at(-1) || "it was stopped";
      throw new CommandError(`kubectl port-forward to ${this.target} ended: ${reason}`);
    }
  }
}

/** The port of this machine that kubectl has chosen. */
function localPort(started: ChildProcess, target: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let errors = "";
    started.stderr?.on("data", (data) => {
      errors += data;
    });
    started.on("error", reject);
    started.on("close", () =>
      reject(new CommandError(`kubectl port-forward to ${target} ended: ${errors.trim() || "it was stopped"}`)),
    );
    createInterface({ input: started.stdout as NodeJS.ReadableStream }).on("line", (line) => {
      const port = /^Forwarding from 127\.0\.0\.1:(\d+)/.exec(line)?.[1];
      if (port) resolve(Number(port));
    });
  });
}
