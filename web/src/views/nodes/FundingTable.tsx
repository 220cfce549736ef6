import { useTranslation } from 'react-i18next';

import { useSettings } from '../../app/settings';
import { Amount, UnitNote } from '../../components/figures/Amount';
import { inUnit } from '../../components/figures/money';
import { SourceButton } from '../../components/sources/SourceDrawer';
import { DataTable, type Column } from '../../components/tables/DataTable';
import { percent } from './ProjectTable';
import type { ProjectAnswer } from './ProjectBody';

type Line = ProjectAnswer['funding'][number] & { key: string };
const PHASES = [
  ['initialBudget', 'INITIAL_BUDGET'],
  ['revisedBudget', 'REVISED_BUDGET'],
  ['executed', 'EXECUTED'],
] as const;

/** The funds block of a sheet: each source by phase, every number with its place. */
export function FundingTable({ funding }: { funding: ProjectAnswer['funding'] }) {
  const { t } = useTranslation();
  const { unit } = useSettings();
  if (funding.length === 0) return null;
  const phases: Column<Line>[] = PHASES.map(([phase, quantity]) => ({
    key: phase,
    heading: t(`funding.${quantity}`),
    numeric: true,
    text: (line) => (line[phase] == null ? '' : inUnit(line[phase].fen, unit)),
    show: (line) => (
      <Amount
        fen={line[phase]?.fen}
        align={2}
        title={`${t(`fundSource.${line.source}`)} · ${t(`funding.${quantity}`)}`}
        sources={line.cells.filter((cell) => cell.quantity === quantity).map((cell) => cell.source)}
      />
    ),
  }));
  return (
    <DataTable
      name={t('project.funding')}
      note={<UnitNote />}
      rows={funding.map((line) => ({ ...line, key: line.source }))}
      columns={[
        { key: 'source', heading: t('funding.source'), text: (line) => t(`fundSource.${line.source}`) },
        ...phases,
        { key: 'rate', heading: t('project.rate'), numeric: true, text: (line) => percent(line.executionRate) },
        { key: 'maxScore', heading: t('indicator.maxScore'), numeric: true, text: (line) => line.maxScore ?? '—' },
        { key: 'score', heading: t('indicator.score'), numeric: true, text: (line) => line.score ?? '—' },
        {
          key: 'place',
          heading: t('source.short'),
          text: (line) => String(line.cells[0]?.source.line ?? ''),
          show: (line) => <SourceButton title={t(`fundSource.${line.source}`)} sources={line.cells.slice(0, 1).map((cell) => cell.source)} />,
        },
      ]}
    />
  );
}
