import * as z from "zod";
import { day, isUnique, reference, text } from "#src/config/primitives.ts";
import { gates, severities } from "#src/domain/quality.ts";

/** An amount as the file writes it, or a share as “0.5%”. */
const tolerance = z
  .union([
    z.number().min(0, "0 or more"),
    z.string().regex(/^\d+(\.\d+)?%$/, 'an amount as the file writes it, or a share such as "0.5%"'),
  ])
  .describe('How far apart they may lie: an amount as the file writes it, or a share of the larger, "0.5%".');

/** What may be written under `quality`. */
export const quality = z.strictObject({
  agree: z
    .array(
      z.strictObject({
        series: reference.describe("Id of a series."),
        with: reference.describe("Id of the series that measures the same."),
        tolerance,
      }),
    )
    .default([])
    .describe(
      "Pairs of series that measure the same. On a day on which they differ by more than the tolerance neither counts.",
    ),
  identities: z
    .array(
      z.strictObject({
        total: reference.describe("Id of the series that is the sum."),
        parts: z
          .array(reference)
          .min(2, "at least two series")
          .refine(isUnique, "each series once")
          .describe("Ids of the series that are summed."),
        tolerance,
      }),
    )
    .default([])
    .describe(
      "Series that are the sum of others. Where they are not, the columns have changed their meaning.",
    ),
  severity: z
    .partialRecord(z.enum(gates), z.enum(severities))
    .default({})
    .describe(
      "What a gate does, by its name: warn sets values aside and says so, hold keeps the issue back. Without it unit-jump and identity hold, the others warn.",
    ),
  accept: z
    .array(
      z.strictObject({
        series: reference.describe("Id of the series; of an identity the total."),
        gate: z.enum(gates).describe("Gate whose findings are accepted."),
        from: day.describe("First day of what is accepted."),
        to: day.optional().describe("Last day of what is accepted; the first when left out."),
        by: text.describe("Who answers for it. Printed in the issue."),
        because: text.describe("Why. Printed in the issue."),
      }),
    )
    .default([])
    .describe(
      "Findings that somebody answers for: the values are kept, and the issue says who and why. One that matches nothing is no error, since data differ from one as-of to another.",
    ),
});
