import { readdirSync, readFileSync } from "node:fs";

/** Whether processes can be looked at: on Linux only. */
export const canSeeProcesses = process.platform === "linux";

const read = (pid: string, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
};
const parts = (pid: string, file: string): string[] =>
  read(pid, file)
    .split("\0")
    .filter((part) => part !== "");
const all = (): string[] =>
  readdirSync("/proc").filter((name) => /^\d+$/.test(name) && name !== String(process.pid));

/** Processes whose command line holds this text, such as the path of a browser's profile. */
export const processesWith = (text: string): string[] =>
  all().filter((pid) => argumentsOf(pid).some((argument) => argument.includes(text)));

/** Living processes of a group: a browser and its children; those that ended and were not yet buried do not count. */
export const livingIn = (group: string): string[] =>
  all().filter((pid) => {
    // The name, in brackets, may hold anything; state, parent and group follow it.
    const [state, , pgrp] = read(pid, "stat").split(") ").at(-1)?.split(" ") ?? [];
    return pgrp === group && state !== "Z";
  });

/** The command line of a process. */
export const argumentsOf = (pid: string): string[] => parts(pid, "cmdline");

/** The environment that a process was given. */
export const environmentOf = (pid: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    parts(pid, "environ")
      .filter((entry) => entry.includes("="))
      .map((entry) => [entry.slice(0, entry.indexOf("=")), entry.slice(entry.indexOf("=") + 1)]),
  );

/** Waits until a condition holds that processes bring about in their own time; false when it does not within five seconds. */
export async function soon(holds: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 100; tries++) {
    if (holds()) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}
