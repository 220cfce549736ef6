import { useTranslation } from 'react-i18next';

import { NamedLink } from '../../components/nodes/NodeLink';
import { SourceButton } from '../../components/sources/SourceDrawer';
import { Block } from '../../components/tables/DataTable';
import { downloadCsv } from '../../components/tables/csv';
import type { IndicatorGroupFragment, IndicatorLeafFragment } from '../../graphql/generated/graphql';
import { outcomeOf, type Outcome } from './achievement';
import type { ProjectAnswer } from './ProjectBody';

const OUTCOMES: Outcome[] = ['met', 'missed', 'contradictory', 'notNumeric'];

/** The indicators of a project as its sheet has them: groups with their weights, targets met, missed, contradictory. */
export function IndicatorTree({ project }: { project: ProjectAnswer }) {
  const { t } = useTranslation();
  const groups = project.indicators.nodes;
  const leaves = groups.flatMap((group) => group.children.flatMap((kind) => kind.children));
  if (leaves.length === 0) return null;
  const save = () =>
    downloadCsv(
      t('project.indicators'),
      [
        [t('indicator.level1'), t('indicator.level2'), t('indicator.level3'), t('indicator.target'), t('indicator.actual'), t('indicator.outcome'), t('indicator.maxScore'), t('indicator.score'), t('source.line')],
        ...groups.flatMap((group) =>
          group.children.flatMap((kind) =>
            kind.children.map((leaf) => [group.name, kind.name, leaf.name, leaf.target?.text ?? '', leaf.actual?.text ?? '', t(`outcome.${outcomeOf(leaf)}`), leaf.maxScore ?? '', leaf.score ?? '', String(leaf.source.line ?? '')]),
          ),
        ),
      ],
    );
  const tools = (
    <>
      {OUTCOMES.map((outcome) => (
        <span key={outcome} className={`outcome ${outcome}`}>
          {t(`outcome.${outcome}`)} {leaves.filter((leaf) => outcomeOf(leaf) === outcome).length}
        </span>
      ))}
      <button type="button" className="quiet" onClick={save}>
        {t('table.csv')}
      </button>
    </>
  );
  return (
    <Block name={t('project.indicators')} tools={tools}>
      <div className="scroll" tabIndex={0} role="group" aria-label={t('project.indicators')}>
        <table className="indicators">
          <thead>
            <tr>
              <th scope="col">{t('indicator.name')}</th>
              <th scope="col">{t('indicator.target')}</th>
              <th scope="col">{t('indicator.actual')}</th>
              <th scope="col">{t('indicator.outcome')}</th>
              <th scope="col" className="numeric">{t('indicator.maxScore')}</th>
              <th scope="col" className="numeric">{t('indicator.score')}</th>
              <th scope="col">{t('source.short')}</th>
            </tr>
          </thead>
          {groups.map((group) => (
            <tbody key={group.id}>
              <GroupRow group={group} depth={1} />
              {group.children.map((kind) => [
                <GroupRow key={kind.id} group={kind} depth={2} />,
                ...kind.children.map((leaf) => <LeafRow key={leaf.id} leaf={leaf} />),
              ])}
            </tbody>
          ))}
        </table>
      </div>
    </Block>
  );
}

function GroupRow({ group, depth }: { group: IndicatorGroupFragment; depth: number }) {
  const { scores } = group;
  return (
    <tr className={`group depth-${depth}`}>
      <th scope="rowgroup" colSpan={4}>
        <NamedLink id={group.id} name={group.name} />
        {group.printedMaxScore && <span className="aside">{group.printedMaxScore.text}</span>}
      </th>
      <td className={scores.consistent === false ? 'numeric bad' : 'numeric'}>{scores.derivedMaxScore}</td>
      <td className="numeric">{scores.derivedScore}</td>
      <td />
    </tr>
  );
}

function LeafRow({ leaf }: { leaf: IndicatorLeafFragment }) {
  const { t } = useTranslation();
  const outcome = outcomeOf(leaf);
  return (
    <tr className="leaf">
      <td>
        <NamedLink id={leaf.id} name={leaf.name} />
        {leaf.deviationNote != null && <p className="aside">{leaf.deviationNote}</p>}
      </td>
      <td>{leaf.target?.text ?? '—'}</td>
      <td>{leaf.actual?.text ?? '—'}</td>
      <td>
        <span className={`outcome ${outcome}`}>{t(`outcome.${outcome}`)}</span>
      </td>
      <td className="numeric">{leaf.maxScore ?? '—'}</td>
      <td className={leaf.score !== leaf.maxScore ? 'numeric short' : 'numeric'}>{leaf.score ?? '—'}</td>
      <td>
        <SourceButton title={leaf.name} sources={[leaf.source]} />
      </td>
    </tr>
  );
}
