import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { FindingCard } from '../../components/findings/FindingCard';
import { codeOf, nameOf, NodeLink } from '../../components/nodes/NodeLink';
import type { Shown } from '../../components/questions/QuestionPanel';
import { ViewFrame } from '../../components/ViewFrame';
import type { NodeHeadQuery } from '../../graphql/generated/graphql';
import { Links } from './Links';

export type Head = NonNullable<NodeHeadQuery['node']>;

interface Props {
  head: Head;
  question: Shown;
  tools?: ReactNode;
  /** The body takes the whole width, and what belongs to it stands below. */
  wide?: boolean;
  children: ReactNode;
}

/** What every node's page has: its way to the root, what the checks found, and everything it is linked to. */
export function NodeFrame({ head, question, tools, wide = false, children }: Props) {
  const { t } = useTranslation();
  const code = codeOf(head);
  const findings = 'findings' in head ? head.findings.nodes : [];
  return (
    <ViewFrame
      title={nameOf(head)}
      eyebrow={
        <>
          {t(`kind.${head.__typename}`)} {code !== null && <span className="code">{code}</span>}
        </>
      }
      trail={<Trail head={head} />}
      tools={tools}
      question={question}
    >
      <div className={wide ? 'node-columns wide' : 'node-columns'}>
        <div className="node-body">{children}</div>
        <div className="node-side">
          {findings.length > 0 && (
            <section className="block" aria-label={t('finding.here')}>
              <header>
                <h2>{t('finding.here')}</h2>
                <span className="aside">{findings.length}</span>
              </header>
              <div className="cards">
                {findings.map((finding) => (
                  <FindingCard key={finding.id} finding={finding} concerns={finding.node?.id !== head.id} />
                ))}
              </div>
            </section>
          )}
          <Links id={head.id} />
        </div>
      </div>
    </ViewFrame>
  );
}

function Trail({ head }: { head: Head }) {
  const { t } = useTranslation();
  const ancestors = 'ancestorNodes' in head ? head.ancestorNodes : [];
  if (ancestors.length === 0) return null;
  return (
    <nav className="trail" aria-label={t('node.trail')}>
      <ol>
        {ancestors.map((ancestor) => (
          <li key={ancestor.id}>
            <NodeLink node={ancestor} />
          </li>
        ))}
      </ol>
    </nav>
  );
}
