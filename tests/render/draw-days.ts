import { chartSvg } from "#src/render/chart-svg.ts";
import { samples } from "#tests/charts/samples.ts";
import { fakeWords } from "#tests/charts/words.ts";

/** Every kind of chart on sample data, and the minutes by which this process's zone is behind UTC in winter. */
export async function drawDays(): Promise<{ readonly zone: number; readonly svgs: readonly string[] }> {
  const svgs: string[] = [];
  for (const { name, draw } of samples) {
    const drawn = await chartSvg(draw(fakeWords("en")), {
      locale: "en",
      expand: (text) => text,
      idPrefix: name,
    });
    svgs.push(drawn.svg);
  }
  return { zone: new Date("2026-01-01T00:00:00Z").getTimezoneOffset(), svgs };
}

if (import.meta.main) process.stdout.write(JSON.stringify(await drawDays()));
