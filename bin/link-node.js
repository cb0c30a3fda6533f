// After an install: puts the Node 24 that npm installed where the scripts of package.json find it first. npm 10 removes
// that link again with the Nodes of other platforms, which it leaves out.
const { existsSync, mkdirSync, symlinkSync } = require("node:fs");
const { join } = require("node:path");

const modules = join(__dirname, "..", "node_modules");
const node = `node-${process.platform}-${process.arch}`;
const link = join(modules, ".bin", "node");

if (process.platform !== "win32" && existsSync(join(modules, node, "bin", "node")) && !existsSync(link)) {
  mkdirSync(join(modules, ".bin"), { recursive: true });
  symlinkSync(join("..", node, "bin", "node"), link);
}
