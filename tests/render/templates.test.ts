import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { TidelineError } from "#src/domain/errors.ts";
import { loadTemplates } from "#src/render/templates.ts";
import { root } from "#tests/render/press.ts";
import { temporaryFolder } from "#tests/render/temporary.ts";

const base = temporaryFolder();

/** A folder of templates, named, with these files. */
function folderOf(name: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(base, name, path)), { recursive: true });
    writeFileSync(join(base, name, path), text);
  }
  return join(base, name);
}

const product = folderOf("product", {
  "issue.hbs": "<h1>{{title}}</h1>{{> note}}",
  "partials/note.hbs": "<p>product {{title}}</p>\n",
  "sections/levels.hbs": "levels {{title}}",
  "style/1-first.css": "a { color: red }\n",
  "style/2-second.css": "b { color: blue }\n",
  "README.md": "not a template",
});
const sha = (text: string) => createHash("sha256").update(text).digest("hex");

describe("loadTemplates", () => {
  it("runs a template with its partials, escaping what data put in", async () => {
    const templates = await loadTemplates([product]);
    expect(templates.run("issue", { title: '<b>"&' }, {})).toBe(
      "<h1>&lt;b&gt;&quot;&amp;</h1><p>product &lt;b&gt;&quot;&amp;</p>",
    );
  });

  it("lets a later folder replace single files: template, partial or style", async () => {
    const own = folderOf("own", {
      "partials/note.hbs": "<p>own {{title}}</p>",
      "style/1-first.css": "a { color: green }",
    });
    const templates = await loadTemplates([product, own]);
    expect(templates.run("issue", { title: "t" }, {})).toBe("<h1>t</h1><p>own t</p>");
    expect(templates.run("sections/levels", { title: "t" }, {})).toBe("levels t");
    expect(templates.style).toBe("a { color: green }\nb { color: blue }");
    expect(templates.hashes["partials/note.hbs"]).toBe(sha("<p>own {{title}}</p>"));
    const plain = await loadTemplates([product]);
    expect(plain.hashes["partials/note.hbs"]).toBe(sha("<p>product {{title}}</p>\n"));
    expect(plain.run("issue", { title: "t" }, {})).toContain("product t");
  });

  it("lets a workspace add a template of its own", async () => {
    const extra = folderOf("extra", { "sections/mine.hbs": "mine" });
    const templates = await loadTemplates([product, extra]);
    expect(templates.run("sections/mine", {}, {})).toBe("mine");
  });

  it("says which templates there are when one is missing", async () => {
    const templates = await loadTemplates([product]);
    expect(() => templates.run("sections/tides", {}, {})).toThrow(/sections\/tides\.hbs/);
    expect(() => templates.run("sections/tides", {}, {})).toThrow(/issue\.hbs, .*sections\/levels\.hbs/);
  });

  it("takes styles in the order of their names, and nothing but templates and styles", async () => {
    const templates = await loadTemplates([product]);
    expect(templates.style).toBe("a { color: red }\nb { color: blue }");
    expect(Object.keys(templates.hashes)).toEqual([
      "issue.hbs",
      "partials/note.hbs",
      "sections/levels.hbs",
      "style/1-first.css",
      "style/2-second.css",
    ]);
    expect(templates.hashes["issue.hbs"]).toBe(sha("<h1>{{title}}</h1>{{> note}}"));
  });

  // A reader of the page counts line ends as LF; the digest of the style must be of what it reads.
  it("reads files that another system or editor wrote: CRLF, CR or a byte order mark", async () => {
    const foreign = folderOf("foreign", {
      "issue.hbs": "\uFEFF<h1>{{title}}</h1>\r\n{{> note}}\r\n",
      "partials/note.hbs": "\uFEFF<p>\r\nnote</p>\r\n",
      "style/1-first.css": "\uFEFFa {\r\n color: red\r\n}\r\n",
      "style/2-second.css": "\uFEFFb {\r color: blue }\r",
    });
    const templates = await loadTemplates([foreign]);
    expect(templates.style).toBe("a {\n color: red\n}\nb {\n color: blue }");
    expect(templates.run("issue", { title: "t" }, {})).toBe("<h1>t</h1>\n<p>\nnote</p>");
    expect(templates.hashes["style/2-second.css"]).toBe(sha("b {\n color: blue }\n"));
  });

  it("passes over a folder that is not there", async () => {
    const templates = await loadTemplates([product, join(base, "nowhere")]);
    expect(Object.keys(templates.hashes)).toHaveLength(5);
  });

  it("does not take a folder that cannot be read for one that is not there", async () => {
    const file = join(product, "README.md");
    await expect(loadTemplates([product, file])).rejects.toMatchObject({ code: "ENOTDIR" });
  });

  it("names every template that cannot be read, with its line, before anything is set", async () => {
    const broken = folderOf("broken", {
      "partials/note.hbs": "one\ntwo {{#if x}}\nthree {{/each}}",
      "sections/levels.hbs": "one\n{{title",
      "sections/open.hbs": "{{#if x}}\n",
    });
    const loaded = loadTemplates([product, broken]);
    await expect(loaded).rejects.toThrow(TidelineError);
    await expect(loaded).rejects.toMatchObject({
      code: "CONFIG_INVALID",
      problems: [
        { file: join(broken, "partials/note.hbs"), line: 2, found: "if doesn't match each" },
        { file: join(broken, "sections/levels.hbs"), line: 2, found: "one{{title" },
        { file: join(broken, "sections/open.hbs"), line: 2, found: "{{#if x}}" },
      ],
    });
  });

  it("gives what fails while a template runs the template's name", async () => {
    const failing = folderOf("failing", { "issue.hbs": "{{greet}}", "sections/levels.hbs": "{{> tide}}" });
    const templates = await loadTemplates([failing]);
    const failure = (name: string, greet: () => string) => {
      try {
        return templates.run(name, {}, { greet });
      } catch (error) {
        return error;
      }
    };
    const odd = () => {
      throw new RangeError("no section entered the fact x");
    };
    expect(failure("issue", odd)).toMatchObject({
      code: "RENDER_FAILED",
      message: expect.stringMatching(/issue\.hbs.*no section entered the fact x/),
      cause: expect.any(RangeError),
    });
    expect(failure("sections/levels", () => "")).toMatchObject({
      code: "RENDER_FAILED",
      message: expect.stringMatching(/sections\/levels\.hbs.*tide/),
    });
    const told = new TidelineError("RENDER_FAILED", "no message levels.tide");
    const tell = () => {
      throw told;
    };
    expect(failure("issue", tell)).toBe(told);
  });

  it("lends functions to one call and keeps none for the next", async () => {
    const greeting = folderOf("greeting", { "issue.hbs": "{{greet name}}" });
    const templates = await loadTemplates([greeting]);
    const greet = (name: string) => `hello ${name}`;
    expect(templates.run("issue", { name: "tide" }, { greet })).toBe("hello tide");
    expect(() => templates.run("issue", { name: "tide" }, {})).toThrow(/greet/);
  });

  it("cannot be led to prototypes by data", async () => {
    const probing = folderOf("probing", { "issue.hbs": "[{{constructor.name}}{{__proto__.polluted}}]" });
    const templates = await loadTemplates([probing]);
    expect(templates.run("issue", JSON.parse('{"__proto__":{"polluted":"x"}}'), {})).not.toContain("Object");
  });

  it("reads the product's own folder: a page, its sections, its styles", async () => {
    const { hashes, style } = await loadTemplates([join(root, "templates")]);
    expect(Object.keys(hashes)).toContain("issue.hbs");
    for (const name of ["headline", "levels", "flows", "pair", "regime", "sources"])
      expect(Object.keys(hashes)).toContain(`sections/${name}.hbs`);
    expect(style).toContain("@media print");
  });
});
