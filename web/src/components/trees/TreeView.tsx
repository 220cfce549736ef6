import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { nodeAddress } from '../../app/addresses';
import { Loading } from '../states/Answered';
import type { Row } from './branches';
import { TreeItem } from './TreeItem';
import type { Tree } from './useTree';

const ROW_HEIGHT = 28;
const OVERSCAN = 10;

/** A tree of any length: only the rows in sight are in the page. Arrows move and open, Enter follows. */
export function TreeView({ tree, label, current }: { tree: Tree; label: string; current: string | undefined }) {
  const { t } = useTranslation();
  const prefix = useId();
  const navigate = useNavigate();
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(400);
  const [activeKey, setActiveKey] = useState<string>();
  const { rows } = tree;
  const found = rows.findIndex((row) => row.key === activeKey);
  const active = found < 0 ? 0 : found;
  const first = Math.max(0, Math.floor(top / ROW_HEIGHT) - OVERSCAN);
  const last = Math.min(rows.length, Math.ceil((top + height) / ROW_HEIGHT) + OVERSCAN);
  const visible = rows.slice(first, last);

  useEffect(() => {
    if (box.current === null) return undefined;
    const observer = new ResizeObserver(([entry]) => entry && setHeight(entry.contentRect.height));
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    for (const row of visible) if (row.kind === 'more' && row.state === 'loaded') tree.load(row.parent);
  });

  const currentPlace = current === undefined ? -1 : rows.findIndex((row) => row.key === current);
  useEffect(() => {
    if (currentPlace >= 0) moveTo(currentPlace);
    // once the row is there, and again only for another node: afterwards the reader scrolls
  }, [current, currentPlace >= 0]);

  const moveTo = (place: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, place))];
    if (row === undefined || box.current === null) return;
    setActiveKey(row.key);
    const at = rows.indexOf(row) * ROW_HEIGHT;
    const { scrollTop } = box.current;
    if (at < scrollTop) box.current.scrollTop = at;
    else if (at + ROW_HEIGHT > scrollTop + height) box.current.scrollTop = at + ROW_HEIGHT - height;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[active];
    if (row === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const acts: Record<string, () => void> = {
      ArrowDown: () => moveTo(active + 1),
      ArrowUp: () => moveTo(active - 1),
      PageDown: () => moveTo(active + Math.floor(height / ROW_HEIGHT)),
      PageUp: () => moveTo(active - Math.floor(height / ROW_HEIGHT)),
      Home: () => moveTo(0),
      End: () => moveTo(rows.length - 1),
      ArrowRight: () => openOrEnter(row),
      ArrowLeft: () => closeOrLeave(row),
      Enter: () => void (row.kind === 'node' ? navigate(nodeAddress(row.key)) : tree.load(row.parent)),
      ' ': () => row.kind === 'node' && !row.node.isLeaf && tree.toggle(row.key),
    };
    const act = acts[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };

  const openOrEnter = (row: Row) => {
    if (row.kind !== 'node' || row.node.isLeaf) return;
    if (tree.isOpen(row.key)) moveTo(active + 1);
    else tree.toggle(row.key, true);
  };

  const closeOrLeave = (row: Row) => {
    if (row.kind === 'node' && tree.isOpen(row.key)) tree.toggle(row.key, false);
    else moveTo(rows.findIndex((other) => other.key === row.parent));
  };

  return (
    <div
      className="tree"
      role="tree"
      aria-label={label}
      tabIndex={0}
      ref={box}
      aria-activedescendant={rows[active] && active >= first && active < last ? `${prefix}${active}` : undefined}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      onKeyDown={onKeyDown}
    >
      <div className="tree-extent" role="presentation" style={{ height: rows.length * ROW_HEIGHT }}>
        {visible.map((row, offset) => (
          <TreeItem
            key={row.key}
            row={row}
            id={`${prefix}${first + offset}`}
            top={(first + offset) * ROW_HEIGHT}
            active={first + offset === active}
            current={row.key === current}
            open={tree.isOpen(row.key)}
            yearAsked={tree.yearAsked}
            onToggle={() => {
              setActiveKey(row.key);
              if (row.kind === 'node') tree.toggle(row.key);
              else tree.load(row.parent);
            }}
            onFollow={() => setActiveKey(row.key)}
          />
        ))}
      </div>
      {rows.length === 0 && <Loading />}
      <span className="unseen">{t('tree.keys')}</span>
    </div>
  );
}
