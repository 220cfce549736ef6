import type { ComparisonQuery } from '../graphql/generated/graphql';

export interface PivotRow {
  key: string;
  code: string | null;
  name: string;
  nodeId: string | null;
  /** 分 by the key of the column; absent where nothing is published. */
  cells: ReadonlyMap<string, string>;
}

type Row = ComparisonQuery['rollup']['nodes'][number];
type Key = Row['keys'][number];

/** Rows of two keys as a table: the first key down, the second across, in the order of the answer. */
export function pivoted(nodes: readonly Row[]): { columns: { key: string; name: string }[]; rows: PivotRow[] } {
  const columns = new Map<string, { key: string; name: string }>();
  const rows = new Map<string, PivotRow & { cells: Map<string, string> }>();
  for (const { keys, rollup } of nodes) {
    const [down, across] = keys;
    if (down === undefined || across === undefined) continue;
    columns.set(identity(across), { key: identity(across), name: across.name });
    const row = rows.get(identity(down)) ?? { key: identity(down), code: down.node == null ? null : (down.code ?? null), name: down.name, nodeId: down.node?.id ?? null, cells: new Map() };
    if (rollup.coverage.counted > 0) row.cells.set(identity(across), rollup.derived.fen);
    rows.set(row.key, row);
  }
  const order = [...columns.values()].toSorted((a, b) => a.key.localeCompare(b.key));
  return { columns: order, rows: [...rows.values()] };
}

const identity = (key: Key): string => key.node?.id ?? key.code ?? key.name;
