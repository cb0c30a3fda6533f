import type { Table } from "#src/domain/table.ts";

/** A table of half the page goes across it where no other stands beside it. */
export const fitted = (tables: readonly Table[]): readonly Table[] =>
  tables.length === 1 ? tables.map((table) => ({ ...table, size: "wide" })) : tables;
