import { useTranslation } from 'react-i18next';

import { RollupTable } from '../../components/figures/RollupTable';
import { Trend } from '../../components/figures/Trend';
import { NamedLink } from '../../components/nodes/NodeLink';
import { SourceButton } from '../../components/sources/SourceDrawer';
import { Answered } from '../../components/states/Answered';
import { ProjectPageDocument, type ProjectPageQuery } from '../../graphql/generated/graphql';
import { useAnswer } from '../../graphql/useAnswer';
import { FundingTable } from './FundingTable';
import { IndicatorTree } from './IndicatorTree';
import { NodeFrame, type Head } from './NodeFrame';
import { percent } from './ProjectTable';

export type ProjectAnswer = Extract<NonNullable<ProjectPageQuery['node']>, { __typename: 'Project' }>;

export function ProjectBody({ head }: { head: Head }) {
  const { t } = useTranslation();
  const question = { document: ProjectPageDocument, variables: { id: head.id } };
  const asked = useAnswer(question);
  return (
    <NodeFrame head={head} question={question}>
      <Answered asked={asked}>
        {({ node }) =>
          node?.__typename === 'Project' && (
            <>
              <Facts project={node} />
              <IndicatorTree project={node} />
              <FundingTable funding={node.funding} />
              <RollupTable
                name={t('node.totals')}
                rows={[
                  { key: 'initial', label: t('measure.PROJECT_INITIAL_BUDGET'), rollup: node.initial },
                  { key: 'revised', label: t('measure.PROJECT_REVISED_BUDGET'), rollup: node.revised },
                  { key: 'executed', label: t('measure.PROJECT_EXECUTED'), rollup: node.executed },
                ]}
              />
              <Trend id={head.id} measure="PROJECT_EXECUTED" />
              <Goals project={node} />
            </>
          )
        }
      </Answered>
    </NodeFrame>
  );
}

function Facts({ project }: { project: ProjectAnswer }) {
  const { t } = useTranslation();
  const scores = project.selfEvaluation;
  return (
    <dl className="facts">
      <div>
        <dt>{t('kind.Unit')}</dt>
        <dd>
          <NamedLink id={project.unit.id} name={project.unit.name} code={project.unit.code ?? null} />
        </dd>
      </div>
      <div>
        <dt>{t('choice.year')}</dt>
        <dd className="number">{project.fiscalYear}</dd>
      </div>
      <div>
        <dt>{t('project.reportedScore')}</dt>
        <dd className="number">
          {scores?.reportedScore ?? '—'} {scores?.totalSource && <SourceButton title={t('project.reportedScore')} sources={[scores.totalSource]} />}
        </dd>
      </div>
      <div>
        <dt>{t('project.derivedScore')}</dt>
        <dd className={scores?.scores.consistent === false ? 'number bad' : 'number'}>{scores?.derivedScore ?? '—'}</dd>
      </div>
      <div>
        <dt>{t('project.grade')}</dt>
        <dd>{scores?.grade ?? '—'}</dd>
      </div>
      <div>
        <dt>{t('project.rate')}</dt>
        <dd className="number">{percent(project.executionRate)}</dd>
      </div>
      {project.subjects.length > 0 && (
        <div>
          <dt>{t('kind.Subject')}</dt>
          <dd>
            {project.subjects.map((subject) => (
              <NamedLink key={subject.id} id={subject.id} name={subject.name} code={subject.code} />
            ))}
          </dd>
        </div>
      )}
      {project.aliases.length > 0 && (
        <div className="wide">
          <dt>{t('project.aliases')}</dt>
          <dd>{project.aliases.join('；')}</dd>
        </div>
      )}
    </dl>
  );
}

function Goals({ project: { annualGoal, goalOutcome } }: { project: ProjectAnswer }) {
  const { t } = useTranslation();
  if (annualGoal == null && goalOutcome == null) return null;
  return (
    <section className="block prose" aria-label={t('project.goals')}>
      <header>
        <h2>{t('project.goals')}</h2>
      </header>
      <dl>
        <dt>{t('project.annualGoal')}</dt>
        <dd>{annualGoal ?? '—'}</dd>
        <dt>{t('project.goalOutcome')}</dt>
        <dd>{goalOutcome ?? '—'}</dd>
      </dl>
    </section>
  );
}
