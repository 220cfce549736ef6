import { useTranslation } from 'react-i18next';

import { useSettings } from '../../app/settings';
import type { RollupPartsFragment, RollupScopeFragment } from '../../graphql/generated/graphql';
import { DataTable, type Column } from '../tables/DataTable';
import { Amount, UnitNote } from './Amount';
import { decimals, derivedOf, inUnit } from './money';

export interface RollupRow {
  key: string;
  label: string;
  rollup: RollupPartsFragment;
}

/** Totals as the documents print them beside what their parts add up to; a partial sum shows that it is one. */
export function RollupTable({ rows, name }: { rows: readonly RollupRow[]; name: string }) {
  const { t } = useTranslation();
  const { unit } = useSettings();
  const align = Math.max(0, ...rows.map(({ rollup }) => decimals(inUnit(rollup.derived.fen, unit))));
  const exact = (fen: string | null | undefined) => (fen == null ? '' : inUnit(fen, unit));
  const columns: Column<RollupRow>[] = [
    { key: 'measure', heading: t('rollup.measure'), text: (row) => row.label },
    { key: 'year', heading: t('choice.year'), text: (row) => yearOf(row.rollup) },
    {
      key: 'reported',
      heading: t('rollup.reported'),
      numeric: true,
      text: (row) => exact(row.rollup.reported?.fen),
      show: ({ label, rollup }) => (
        <Amount
          fen={rollup.reported?.fen}
          align={align}
          title={`${label} · ${t('rollup.reported')}`}
          figures={rollup.reportedFigures.nodes}
        />
      ),
    },
    {
      key: 'derived',
      heading: t('rollup.derived'),
      numeric: true,
      text: (row) => exact(derivedOf(row.rollup)),
      show: ({ label, rollup }) => (
        <Amount
          fen={derivedOf(rollup)}
          align={align}
          title={`${label} · ${t('rollup.derived')}`}
          figures={rollup.figures.nodes}
        />
      ),
    },
    {
      key: 'difference',
      heading: t('rollup.difference'),
      numeric: true,
      text: (row) => exact(row.rollup.difference?.fen),
      show: ({ rollup }) => <Amount fen={rollup.difference?.fen} align={align} />,
    },
    {
      key: 'consistent',
      heading: t('rollup.consistent'),
      text: ({ rollup }) => t(consistency(rollup.consistent)),
      show: ({ rollup }) => <Consistency value={rollup.consistent} />,
    },
    {
      key: 'coverage',
      heading: t('rollup.coverage'),
      text: ({ rollup }) => `${rollup.coverage.counted}/${rollup.coverage.expected}`,
      show: ({ rollup }) => <CoverageNote coverage={rollup.coverage} />,
    },
  ];
  return <DataTable name={name} columns={columns} rows={rows} note={<UnitNote />} foot={<Caveats totals={rows} />} />;
}

/** The year that a total is of; empty where it is grouped by year. */
export const yearOf = ({ fiscalYear }: { fiscalYear?: number | null }): string => String(fiscalYear ?? '');

/** What totals do not say by themselves, each note once: with whose it is where it is not everyone's. */
export function Caveats({ totals }: { totals: readonly { label: string; rollup: RollupScopeFragment }[] }) {
  const { t } = useTranslation();
  const notes = new Map(totals.flatMap(({ rollup }) => rollup.caveats.map(({ code, text }) => [code, text])));
  if (notes.size === 0) return null;
  const whose = (code: string) => totals.filter(({ rollup }) => rollup.caveats.some((caveat) => caveat.code === code));
  return (
    <ul className="caveats" aria-label={t('rollup.caveats')}>
      {[...notes].map(([code, text]) => (
        <li key={code}>
          {whose(code).length < totals.length && <b>{whose(code).map(({ label }) => label).join(t('rollup.and'))} </b>}
          {text}
        </li>
      ))}
    </ul>
  );
}

export function CoverageNote({ coverage }: { coverage: { counted: number; expected: number; complete: boolean } }) {
  const { t } = useTranslation();
  const { counted, expected, complete } = coverage;
  return (
    <span className={complete ? 'coverage' : 'coverage partial'} title={t('rollup.coverageHint')}>
      {t('rollup.of', { counted, expected })}
    </span>
  );
}

export function Consistency({ value }: { value: boolean | null | undefined }) {
  const { t } = useTranslation();
  const mark = value == null ? 'unknown' : value ? 'good' : 'bad';
  return <span className={`mark ${mark}`}>{t(consistency(value))}</span>;
}

function consistency(value: boolean | null | undefined) {
  if (value == null) return 'rollup.notReported' as const;
  return value ? ('rollup.agrees' as const) : ('rollup.disagrees' as const);
}
