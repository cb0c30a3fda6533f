import { describe, expect, it } from "vitest";
import { missingFrom } from "#src/verify/extraction.ts";
import { readPage } from "#src/verify/page.ts";

const missing = (body: string, printed: string) => {
  const html = `<!doctype html><html lang="en"><body>${body}</body></html>`;
  return missingFrom(printed, readPage(Buffer.from(html), "en.html"), "en.pdf").map(({ what }) => what);
};

describe("a short word of its own", () => {
  const body = "<p>Seven of those in one year, and <em>no</em> more.</p>";

  it("is found where its letters stand at the end and the head of other words too", () => {
    expect(missing(body, "Seven of those in one year, and no more.")).toEqual([]);
  });

  it("is missed where it alone is not there, or is taken apart", () => {
    expect(missing(body, "Seven of those in one year, and more.")).not.toEqual([]);
    expect(missing(body, "Seven of those in one year, and n o more.")).not.toEqual([]);
  });
});
