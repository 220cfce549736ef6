import { useTranslation } from 'react-i18next';

import { useSettings } from '../../app/settings';
import { DepartmentsDocument, SeriesDocument, UnitSeriesDocument, type Measure, type SeriesPartsFragment } from '../../graphql/generated/graphql';
import { useAnswer } from '../../graphql/useAnswer';
import { NamedLink } from '../nodes/NodeLink';
import { Answered } from '../states/Answered';
import { DataTable } from '../tables/DataTable';
import { Amount, UnitNote } from './Amount';
import { extent, grouped, inUnit, minus, share } from './money';
import { CoverageNote } from './RollupTable';

/** One year of a series: null where nothing is published, which is not 0. */
interface Point {
  key: string;
  year: number;
  name: string;
  id: string;
  evidence: string;
  fen: string | null;
  basis: SeriesPartsFragment['rollup']['basis'];
  coverage: SeriesPartsFragment['rollup']['coverage'];
}

/** A measure of a department, project or subject year by year, as the service follows it through the years. */
export function Trend({ id, measure }: { id: string; measure: Measure }) {
  const asked = useAnswer({ document: SeriesDocument, variables: { id, measure } });
  const same = useSameDepartments();
  return (
    <Answered asked={asked}>
      {({ node }) =>
        node != null && 'series' in node && (
          <Years measure={measure} same={node.__typename === 'Subject' ? same : () => true} points={node.series.map(({ fiscalYear, name, node: { id }, link, rollup }) => ({ name, id, evidence: link?.evidence ?? '', ...pointOf(fiscalYear, rollup) }))} />
        )
      }
    </Answered>
  );
}

/** The same of a unit, which has one node for all years. */
export function UnitTrend({ id, name, measure }: { id: string; name: string; measure: Measure }) {
  const asked = useAnswer({ document: UnitSeriesDocument, variables: { where: { unit: { eq: id } }, measure } });
  return (
    <Answered asked={asked}>
      {({ rollup }) => <Years measure={measure} same={() => true} points={rollup.nodes.map((row) => ({ name, id, evidence: '', ...pointOf(Number(row.keys[0]?.code), row.rollup) })).toSorted((a, b) => a.year - b.year)} />}
    </Answered>
  );
}

/** Are the accounts of two years those of the same departments? Otherwise what a subject gained between them is no change. */
function useSameDepartments(): (one: number, other: number) => boolean {
  const asked = useAnswer({ document: DepartmentsDocument, variables: {} });
  if (asked.state !== 'answered') return () => false;
  const { nodes, totalCount } = asked.data.departments;
  return (one, other) => nodes.length === totalCount && nodes.every(({ fiscalYears }) => fiscalYears.includes(one) === fiscalYears.includes(other));
}

function pointOf(year: number, { value, basis, coverage }: SeriesPartsFragment['rollup']) {
  return { key: String(year), year, fen: coverage.counted === 0 && value.fen === '0' ? null : value.fen, basis, coverage };
}

/** Against the year before, where that is a point too, both publish it, and both have it of the same accounts. */
function changeOf(points: readonly Point[], place: number, same: Same): { fen: string; percent: string | null } | null {
  const [before, now] = [points[place - 1], points[place]];
  if (before?.fen == null || now?.fen == null || before.year + 1 !== now.year || before.coverage.counted !== now.coverage.counted || !same(before.year, now.year)) return null;
  const fen = minus(now.fen, before.fen);
  return { fen, percent: share(fen, before.fen.replace('-', '')) };
}

type Same = (one: number, other: number) => boolean;

function Years({ points, measure, same }: { points: readonly Point[]; measure: Measure; same: Same }) {
  const { t } = useTranslation();
  const { unit } = useSettings();
  if (points.length < 2) return null; // one year is no series
  const rows = points.map((point, place) => ({ ...point, change: changeOf(points, place, same) }));
  return (
    <DataTable
      name={t('trend.title', { measure: t(`measure.${measure}`) })}
      note={<UnitNote />}
      foot={
        <>
          <Line points={points} name={t('trend.picture', { measure: t(`measure.${measure}`) })} />
          <p className="aside">{t('trend.note')}</p>
        </>
      }
      rows={rows}
      columns={[
        { key: 'year', heading: t('choice.year'), text: (row) => String(row.year), show: (row) => <NamedLink id={row.id} name={`${row.year} ${row.name}`} /> },
        { key: 'value', heading: t(`measure.${measure}`), numeric: true, text: (row) => (row.fen === null ? '' : inUnit(row.fen, unit)), show: (row) => <Amount fen={row.fen} align={2} /> },
        { key: 'basis', heading: t('trend.basis'), text: (row) => (row.fen === null ? '' : t(row.basis === 'REPORTED' ? 'rollup.reported' : 'rollup.derived')) },
        { key: 'change', heading: t('accounts.change'), numeric: true, text: (row) => (row.change === null ? '' : inUnit(row.change.fen, unit)), show: (row) => <Amount fen={row.change?.fen} align={2} /> },
        { key: 'percent', heading: t('accounts.changePercent'), numeric: true, text: (row) => (row.change?.percent == null ? '' : `${row.change.percent}%`), show: (row) => (row.change?.percent == null ? <span className="none">—</span> : `${row.change.percent}%`) },
        { key: 'coverage', heading: t('rollup.coverage'), text: (row) => `${row.coverage.counted}/${row.coverage.expected}`, show: (row) => <CoverageNote coverage={row.coverage} /> },
        ...(rows.some(({ evidence }) => evidence !== '') ? [{ key: 'link', heading: t('trend.link'), text: (row: (typeof rows)[number]) => row.evidence }] : []),
      ]}
    />
  );
}

const WIDTH = 640;
const HEIGHT = 190;
const EDGE = { side: 70, top: 30, foot: 28 };

/** A point a year, from 0 up; where a year is missing the line is broken. */
function Line({ points, name }: { points: readonly Point[]; name: string }) {
  const { unit } = useSettings();
  const known = points.flatMap(({ fen, year }) => (fen === null ? [] : [{ year, fen, size: fen.startsWith('-') ? -extent(fen) : extent(fen) }]));
  const [first, last] = [points[0]?.year ?? 0, points.at(-1)?.year ?? 1];
  const [least, most] = [Math.min(0, ...known.map(({ size }) => size)), Math.max(1, ...known.map(({ size }) => size))];
  const across = (year: number) => EDGE.side + ((year - first) / (last - first)) * (WIDTH - 2 * EDGE.side);
  const up = (size: number) => HEIGHT - EDGE.foot - ((size - least) / (most - least)) * (HEIGHT - EDGE.foot - EDGE.top);
  return (
    <svg className="trend" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={name}>
      <line x1={EDGE.side / 2} x2={WIDTH - EDGE.side / 2} y1={up(0)} y2={up(0)} />
      {known.slice(1).map((point, place) => {
        const before = known[place];
        return before?.year === point.year - 1 && <path key={point.year} d={`M${across(before.year)} ${up(before.size)}L${across(point.year)} ${up(point.size)}`} />;
      })}
      {known.map(({ year, fen, size }) => (
        <g key={year}>
          <circle cx={across(year)} cy={up(size)} r="4" />
          <text x={across(year)} y={up(size) - 10}>
            {grouped(inUnit(fen, unit))}
          </text>
        </g>
      ))}
      {points.map(({ year }) => (
        <text key={year} x={across(year)} y={HEIGHT - 8}>
          {year}
        </text>
      ))}
    </svg>
  );
}
