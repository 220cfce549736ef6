import { useTranslation } from 'react-i18next';

import { NamedLink, nameOf } from '../../components/nodes/NodeLink';
import { SourceButton } from '../../components/sources/SourceDrawer';
import { Answered } from '../../components/states/Answered';
import { DataTable } from '../../components/tables/DataTable';
import { IndicatorPageDocument, type IndicatorPageQuery } from '../../graphql/generated/graphql';
import { useAnswer } from '../../graphql/useAnswer';
import { outcomeOf } from './achievement';
import { NodeFrame, type Head } from './NodeFrame';

type Indicator = Extract<NonNullable<IndicatorPageQuery['node']>, { __typename: 'Indicator' }>;

export function IndicatorBody({ head }: { head: Head }) {
  const { t } = useTranslation();
  const question = { document: IndicatorPageDocument, variables: { id: head.id } };
  const asked = useAnswer(question);
  const findings = 'findings' in head ? head.findings : { nodes: [] };
  return (
    <NodeFrame head={head} question={question}>
      <Answered asked={asked}>
        {({ node }) =>
          node?.__typename === 'Indicator' && (
            <>
              <p className="jumps">
                <NamedLink id={node.project.id} name={node.project.name} />
              </p>
              <Facts name={nameOf(head)} indicator={node} findings={findings} />
              {node.children.length > 0 && (
                <DataTable
                  name={t('indicator.below')}
                  rows={node.children.map((row) => ({ ...row, key: row.id }))}
                  columns={[
                    { key: 'name', heading: t('indicator.name'), text: (row) => row.name, show: (row) => <NamedLink id={row.id} name={row.name} /> },
                    { key: 'target', heading: t('indicator.target'), text: (row) => row.target?.text ?? '' },
                    { key: 'actual', heading: t('indicator.actual'), text: (row) => row.actual?.text ?? '' },
                    { key: 'maxScore', heading: t('indicator.maxScore'), numeric: true, text: (row) => row.maxScore ?? '' },
                    { key: 'score', heading: t('indicator.score'), numeric: true, text: (row) => row.score ?? '' },
                    { key: 'source', heading: t('source.short'), text: (row) => String(row.source.line ?? ''), show: (row) => <SourceButton title={row.name} sources={[row.source]} /> },
                  ]}
                />
              )}
            </>
          )
        }
      </Answered>
    </NodeFrame>
  );
}

interface FactsProps {
  name: string;
  indicator: Indicator;
  findings: { nodes: readonly { severity: string }[] };
}

function Facts({ name, indicator, findings }: FactsProps) {
  const { t } = useTranslation();
  const leaf = indicator.level === 3;
  const outcome = outcomeOf({ ...indicator, achieved: indicator.achieved ?? null, findings });
  return (
    <dl className="facts">
      {indicator.kind && <Fact label={t('indicator.kind')}>{t(`indicatorKind.${indicator.kind}`)}</Fact>}
      {leaf && <Fact label={t('indicator.target')}>{indicator.target?.text ?? '—'}</Fact>}
      {leaf && <Fact label={t('indicator.actual')}>{indicator.actual?.text ?? '—'}</Fact>}
      {leaf && (
        <Fact label={t('indicator.outcome')}>
          <span className={`outcome ${outcome}`}>{t(`outcome.${outcome}`)}</span>
        </Fact>
      )}
      <Fact label={t('indicator.maxScore')}>
        <span className="number">{indicator.maxScore ?? indicator.scores.derivedMaxScore}</span>
      </Fact>
      <Fact label={t('indicator.score')}>
        <span className="number">{indicator.score ?? indicator.scores.derivedScore}</span>
      </Fact>
      <Fact label={t('source.short')}>
        <SourceButton title={name} sources={[indicator.source]} />
      </Fact>
      {indicator.deviationNote != null && <Fact label={t('indicator.note')}>{indicator.deviationNote}</Fact>}
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
