import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { NodeLink } from '../../components/nodes/NodeLink';
import { Answered } from '../../components/states/Answered';
import { NodeLinksDocument, type LinkKind, type NodeNameFragment } from '../../graphql/generated/graphql';
import { useAnswer } from '../../graphql/useAnswer';

interface Edge {
  kind: LinkKind;
  forward: boolean;
  node: NodeNameFragment;
}

const SHORT = 6;

/** Every edge of the graph that touches a node, by what it says. */
export function Links({ id }: { id: string }) {
  const { t } = useTranslation();
  const asked = useAnswer({ document: NodeLinksDocument, variables: { id } });
  return (
    <section className="block links" aria-label={t('node.links')}>
      <header>
        <h2>{t('node.links')}</h2>
      </header>
      <Answered asked={asked}>
        {({ node }) => {
          const groups = grouped(node != null && 'links' in node ? node.links : []);
          if (groups.size === 0) return <p className="empty">{t('node.unlinked')}</p>;
          return [...groups].map(([label, edges]) => <Group key={label} edges={edges} />);
        }}
      </Answered>
    </section>
  );
}

function Group({ edges }: { edges: readonly Edge[] }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const [first] = edges;
  if (first === undefined) return null;
  return (
    <div className="link-group">
      <h3>
        {t(`link.${first.kind}.${first.forward ? 'forward' : 'backward'}`)} <span className="aside">{edges.length}</span>
      </h3>
      <ul className="plain">
        {(all ? edges : edges.slice(0, SHORT)).map(({ node }) => (
          <li key={node.id}>
            <NodeLink node={node} />
          </li>
        ))}
      </ul>
      {edges.length > SHORT && (
        <button type="button" className="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('node.fewer') : t('node.more', { count: edges.length - SHORT })}
        </button>
      )}
    </div>
  );
}

function grouped(edges: readonly Edge[]): Map<string, Edge[]> {
  const groups = new Map<string, Edge[]>();
  for (const edge of edges) {
    const label = `${edge.kind} ${edge.forward}`;
    groups.set(label, [...(groups.get(label) ?? []), edge]);
  }
  return groups;
}
