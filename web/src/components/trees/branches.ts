import type { TreeRowFragment } from '../../graphql/generated/graphql';

/** Children of one node as far as they are loaded. */
export interface Branch {
  rows: readonly TreeRowFragment[];
  total: number;
  next: string | null;
  state: 'loading' | 'loaded' | 'failed';
}

/** One row of the open tree: a node, or the place where more of a branch is to be loaded. */
export type Row =
  | { kind: 'node'; key: string; node: TreeRowFragment; depth: number; position: number; size: number; parent: string }
  | { kind: 'more'; key: string; depth: number; parent: string; state: Branch['state'] };

export const ROOT = '';

/** The open part of the tree in the order in which it is shown. */
export function flattened(branches: ReadonlyMap<string, Branch>, open: ReadonlySet<string>): Row[] {
  const rows: Row[] = [];
  const walk = (parent: string, depth: number) => {
    const branch = branches.get(parent);
    if (branch === undefined) return;
    branch.rows.forEach((node, place) => {
      rows.push({ kind: 'node', key: node.id, node, depth, position: place + 1, size: branch.total, parent });
      if (open.has(node.id)) walk(node.id, depth + 1);
    });
    if (branch.state !== 'loaded' || branch.next !== null) {
      rows.push({ kind: 'more', key: `${parent} more`, depth, parent, state: branch.state });
    }
  };
  walk(ROOT, 0);
  return rows;
}

/** A branch with another page of rows. */
export function extended(before: Branch | undefined, page: Omit<Branch, 'state'>): Branch {
  return { ...page, rows: [...(before?.rows ?? []), ...page.rows], state: 'loaded' };
}
