import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { StorePlace } from "#src/store/open.ts";
import { root } from "#tests/render/press.ts";

export interface Child {
  readonly process: ChildProcess;
  /** What it has said when it has ended, line by line; what it was kept from saying to the end is left out. */
  readonly said: Promise<readonly Readonly<Record<string, unknown>>[]>;
}

const program = join(root, "tests/store/child.ts");

/** Starts `child.ts` on a store, where wanted under a shell's words, which end in `"$@"`. */
export function startChild(place: StorePlace, work: string, name: string, count: number, shell = ""): Child {
  const command = [process.execPath, program, JSON.stringify(place), work, name, String(count)];
  const [first = "", ...others] = shell === "" ? command : ["sh", "-c", shell, "sh", ...command];
  const child = spawn(first, others, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  const parts: Buffer[] = [];
  child.stdout?.on("data", (part: Buffer) => parts.push(part));
  const said = once(child, "close").then(() =>
    Buffer.concat(parts)
      .toString()
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>),
  );
  return { process: child, said };
}
