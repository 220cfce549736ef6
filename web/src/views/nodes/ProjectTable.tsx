import { useTranslation } from 'react-i18next';

import { useSettings } from '../../app/settings';
import { Amount, UnitNote } from '../../components/figures/Amount';
import { derivedOf, inUnit } from '../../components/figures/money';
import { NamedLink } from '../../components/nodes/NodeLink';
import { SourceButton } from '../../components/sources/SourceDrawer';
import { DataTable } from '../../components/tables/DataTable';
import type { ProjectRowFragment } from '../../graphql/generated/graphql';

/** Projects with what they spent and how they were scored. */
export function ProjectTable({ projects }: { projects: readonly ProjectRowFragment[] }) {
  const { t } = useTranslation();
  const { unit } = useSettings();
  return (
    <DataTable
      name={t('count.projects')}
      note={<UnitNote />}
      rows={projects.map((row) => ({ ...row, key: row.id }))}
      columns={[
        { key: 'name', heading: t('kind.Project'), text: (row) => row.name, show: (row) => <NamedLink id={row.id} name={row.name} /> },
        { key: 'year', heading: t('choice.year'), text: (row) => String(row.fiscalYear) },
        {
          key: 'executed',
          heading: t('measure.PROJECT_EXECUTED'),
          numeric: true,
          text: (row) => (derivedOf(row.executed) === null ? '' : inUnit(row.executed.derived.fen, unit)),
          show: (row) => <Amount fen={derivedOf(row.executed)} align={2} title={row.name} lineage={{ measure: 'PROJECT_EXECUTED', where: { project: { eq: row.id } } }} />,
        },
        { key: 'rate', heading: t('project.rate'), numeric: true, text: (row) => percent(row.executionRate) },
        { key: 'score', heading: t('project.score'), numeric: true, text: (row) => row.selfEvaluation?.reportedScore ?? '—' },
        { key: 'grade', heading: t('project.grade'), text: (row) => row.selfEvaluation?.grade ?? '—' },
        {
          key: 'findings',
          heading: t('count.findings'),
          numeric: true,
          text: (row) => String(row.findings.totalCount),
          show: (row) => (row.findings.totalCount === 0 ? <span className="none">0</span> : <span className="mark bad">{row.findings.totalCount}</span>),
        },
        { key: 'source', heading: t('source.short'), text: (row) => String(row.source.line ?? ''), show: (row) => <SourceButton title={row.name} sources={[row.source]} /> },
      ]}
    />
  );
}

export const percent = (value: string | null | undefined): string => (value == null ? '—' : `${value}%`);
