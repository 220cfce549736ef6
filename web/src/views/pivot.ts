import { headlineOf } from '../components/figures/money';
import type { ComparisonQuery } from '../graphql/generated/graphql';

export interface PivotColumn {
  key: string;
  code: string | null;
  name: string;
  node: { id: string } | null;
}

export interface PivotRow extends PivotColumn {
  /** 分 by the key of the column; absent where nothing is published. */
  cells: ReadonlyMap<string, string>;
}

type Row = ComparisonQuery['rollup']['nodes'][number];
type Key = Row['keys'][number];

/** Rows of two keys as a table: the first key down, the second across, in the order of the answer. */
export function pivoted(nodes: readonly Row[]): { columns: PivotColumn[]; rows: PivotRow[] } {
  const columns = new Map<string, PivotColumn>();
  const rows = new Map<string, PivotRow & { cells: Map<string, string> }>();
  for (const { keys, rollup } of nodes) {
    const [down, across] = keys;
    if (down === undefined || across === undefined) continue;
    columns.set(identity(across), headed(across));
    const row = rows.get(identity(down)) ?? { ...headed(down), cells: new Map<string, string>() };
    const fen = headlineOf(rollup);
    if (fen !== null) row.cells.set(identity(across), fen);
    rows.set(row.key, row);
  }
  const order = [...columns.values()].toSorted((a, b) => a.key.localeCompare(b.key));
  return { columns: order, rows: [...rows.values()] };
}

const identity = (key: Key): string => key.node?.id ?? key.code ?? key.name;

const headed = (key: Key): PivotColumn => ({
  key: identity(key),
  code: key.code ?? null,
  name: key.name,
  node: key.node ?? null,
});
