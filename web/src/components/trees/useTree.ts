import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

import { useFreshness } from '../../app/freshness';
import { ask } from '../../graphql/client';
import { ChildrenDocument, type Measure, type TreeRowFragment } from '../../graphql/generated/graphql';
import { extended, flattened, ROOT, type Branch, type Row } from './branches';

export interface Page {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
  nodes: readonly TreeRowFragment[];
}

export interface TreeSource {
  /** What tells this tree from another: a change empties and loads it anew. */
  key: string;
  year: number | null;
  measure: Measure;
  roots: (after: string | null) => Promise<Page>;
}

export interface Tree {
  yearAsked: boolean;
  rows: readonly Row[];
  isOpen: (id: string) => boolean;
  toggle: (id: string, open?: boolean) => void;
  load: (parent: string) => void;
  /** Open the way to a node: its ancestors, root first. */
  reveal: (ancestors: readonly string[]) => void;
}

/** A tree that loads each branch when it is opened, page by page. */
export function useTree(source: TreeSource): Tree {
  const { epoch } = useFreshness();
  const key = `${source.key} ${epoch}`;
  const [branches, setBranches] = useState<ReadonlyMap<string, Branch>>(new Map());
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const latest = useRef({ branches, key });
  latest.current = { branches, key };

  const put = useCallback((parent: string, branch: Branch) => {
    latest.current.branches = new Map(latest.current.branches).set(parent, branch);
    setBranches(latest.current.branches);
  }, []);

  const load = useCallback(
    (parent: string) => {
      const before = latest.current.branches.get(parent);
      if (before?.state === 'loading') return;
      const after = before?.next ?? null;
      put(parent, { rows: [], total: 0, next: null, ...before, state: 'loading' });
      fetchPage(source, parent, after).then(
        (page) => latest.current.key === key && put(parent, extended(before, page)),
        () => latest.current.key === key && put(parent, { rows: [], total: 0, next: null, ...before, state: 'failed' }),
      );
    },
    [key, put], // the key stands for the source
  );

  useEffect(() => {
    latest.current.branches = new Map();
    load(ROOT);
    for (const id of open) load(id);
    // what is open stays open when the year or the dataset changes
  }, [load]);

  const toggle = useCallback(
    (id: string, wanted?: boolean) =>
      setOpen((before) => {
        const opening = wanted ?? !before.has(id);
        if (opening && !latest.current.branches.has(id)) load(id);
        const after = new Set(before);
        if (opening) after.add(id);
        else after.delete(id);
        return after;
      }),
    [load],
  );
  const reveal = useCallback(
    (ancestors: readonly string[]) => {
      for (const id of ancestors) if (!latest.current.branches.has(id)) load(id);
      setOpen((before) => new Set([...before, ...ancestors]));
    },
    [load],
  );
  const rows = useMemo(() => flattened(branches, open), [branches, open]);
  return { yearAsked: source.year !== null, rows, isOpen: (id) => open.has(id), toggle, load, reveal };
}

async function fetchPage(source: TreeSource, parent: string, after: string | null): Promise<Omit<Branch, 'state'>> {
  const page = parent === ROOT ? await source.roots(after) : await children(source, parent, after);
  const next = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;
  return { rows: page.nodes, total: page.totalCount, next };
}

async function children(source: TreeSource, id: string, after: string | null): Promise<Page> {
  const { year, measure } = source;
  const { node } = await ask({ document: ChildrenDocument, variables: { id, year, measure, after } });
  if (node == null || !('childNodes' in node)) throw new Error(`${id} has no children`);
  return node.childNodes;
}
