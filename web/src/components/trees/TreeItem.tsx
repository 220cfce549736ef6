import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { nodeAddress } from '../../app/addresses';
import type { TreeRowFragment } from '../../graphql/generated/graphql';
import { Amount } from '../figures/Amount';
import { headlineOf } from '../figures/money';
import type { Row } from './branches';

interface Props {
  row: Row;
  id: string;
  top: number;
  active: boolean;
  current: boolean;
  open: boolean;
  yearAsked: boolean;
  onToggle: () => void;
  onFollow: () => void;
}

export function TreeItem({ row, id, top, active, current, open, yearAsked, onToggle, onFollow }: Props) {
  const { t } = useTranslation();
  const style = { transform: `translateY(${top}px)`, paddingInlineStart: `${0.5 + row.depth * 1.05}rem` };
  const marks = [active && 'active', current && 'current'].filter(Boolean).join(' ');
  if (row.kind === 'more') {
    return (
      <div id={id} role="treeitem" aria-level={row.depth + 1} aria-selected={false} className={`tree-row more ${marks}`} style={style} onClick={onToggle}>
        {t(row.state === 'failed' ? 'tree.failed' : 'state.loading')}
      </div>
    );
  }
  const { node } = row;
  const toggle = (event: MouseEvent) => {
    event.preventDefault();
    event.stopPropagation();
    onToggle();
  };
  return (
    <Link
      id={id}
      role="treeitem"
      tabIndex={-1}
      to={nodeAddress(node.id)}
      aria-level={row.depth + 1}
      aria-posinset={row.position}
      aria-setsize={row.size}
      aria-selected={current}
      {...(node.isLeaf ? {} : { 'aria-expanded': open })}
      className={`tree-row ${marks}`}
      style={style}
      title={node.name}
      onClick={onFollow}
    >
      {node.isLeaf ? (
        <span className="twist leaf" aria-hidden="true" />
      ) : (
        <span className={open ? 'twist open' : 'twist'} aria-hidden="true" data-toggle={node.id} onClick={toggle} />
      )}
      {node.code != null && <span className="code">{node.code}</span>}
      <span className="tree-name">{node.name}</span>
      <TreeFigure node={node} yearAsked={yearAsked} />
    </Link>
  );
}

/** The figure at the right of a row: an amount, with its year where none was asked for, or the points of an indicator. */
function TreeFigure({ node, yearAsked }: { node: TreeRowFragment; yearAsked: boolean }) {
  if (node.__typename === 'Indicator') {
    return node.maxScore == null ? null : (
      <span className="tree-amount number">
        {node.score ?? '—'} / {node.maxScore}
      </span>
    );
  }
  const total = 'executed' in node ? node.executed : 'total' in node ? node.total : undefined;
  if (total === undefined) return null;
  const fen = headlineOf(total);
  return (
    <span className="tree-amount">
      {fen !== null && !yearAsked && <small className="aside">{total.fiscalYear} </small>}
      <Amount fen={fen} align={2} />
    </span>
  );
}
