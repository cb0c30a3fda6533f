import { join } from "node:path";
import { smallConfig, smallPrices, type Written, writeWorkspace } from "#tests/render/small-workspace.ts";
import { sharedFolder } from "#tests/render/temporary.ts";

/* Workspaces whose one issue is made again, after what it was made from has changed. */

/** Where the issue lies. */
export const issue = "output/weekly/2026-02-13";
export type Facts = { readonly facts: readonly { readonly id: string; readonly value: unknown }[] };

/** An issue in one language: what is not about languages need not wait for two. */
export const config = (): Written => {
  const small = smallConfig();
  small.publications.weekly = { ...small.publications.weekly, languages: ["en"] };
  return small;
};

export const workspace = (prices = smallPrices(), own = config()): string =>
  writeWorkspace(join(sharedFolder(), "workspace"), own, prices);

/** Prices with ALPHA's close of a day one per cent higher. */
const correct = (prices: string, date: string): string =>
  prices.replace(new RegExp(`^(${date}),([\\d.]+)`, "mu"), (_, day: string, close: string) => {
    return `${day},${(Number(close) * 1.01).toFixed(2)}`;
  });
export const corrected = correct(smallPrices(), "2026-02-13");

export const inUtf8 = (latin1: string | undefined): string => Buffer.from(latin1 ?? "", "latin1").toString();
