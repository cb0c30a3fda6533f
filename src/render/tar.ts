/** The files of a ustar archive. Links and folders are passed over. */
export function* tarEntries(archive: Buffer): Generator<{ readonly name: string; readonly bytes: Buffer }> {
  const block = 512;
  for (let at = 0; at + block <= archive.length; ) {
    const text = (from: number, length: number) =>
      archive.toString("latin1", at + from, at + from + length).split("\0")[0] ?? "";
    const name = text(0, 100);
    if (name === "") return;
    const size = Number.parseInt(text(124, 12).trim() || "0", 8);
    const isFile = ["0", ""].includes(text(156, 1));
    if (isFile) yield { name, bytes: archive.subarray(at + block, at + block + size) };
    at += block + Math.ceil(size / block) * block;
  }
}
