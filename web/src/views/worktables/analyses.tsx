import { useTranslation } from 'react-i18next';

import { useSettings } from '../../app/settings';
import { Amount } from '../../components/figures/Amount';
import { grouped, inUnit } from '../../components/figures/money';
import { NamedLink } from '../../components/nodes/NodeLink';
import { narrowed, type Lineage } from '../../components/sources/lineage';
import { asQuestion, measuresOf, scopeOf, type Expression, type Filter, type Selection, type WorkColumn, type Worktable } from '../../components/tables/selection';
import { AnalysisWorkDocument, type AnalysisWorkQuery, type AnalysisWorkQueryVariables, type Counted, type FigureWhere, type Measure } from '../../graphql/generated/graphql';
import { useChoice } from '../useChoice';

type Node = AnalysisWorkQuery['analyze'] extends infer Answer ? NonNullable<Answer> extends { page: { nodes: (infer Row)[] } } ? Row : never : never;
type Key = Node['keys'][number];
type Cell = Node['cells'][number];
export interface AnalysisRow {
  keys: Record<string, Key>;
  cells: Record<string, Cell>;
}

/** A column of an analysis: its heading, what it asks for, and what its cells are. */
interface Asked extends Expression {
  heading: string;
  kind: 'money' | 'percent' | 'number';
  aside?: boolean;
}

type Dimension = 'DEPARTMENT' | 'FUNCTIONAL_SUBJECT';
const NAME = 'name';


function rowsOf(data: AnalysisWorkQuery, expressions: readonly Expression[]): AnalysisRow[] {
  return (data.analyze?.page.nodes ?? []).map(({ keys, cells }) => ({
    keys: Object.fromEntries(keys.map((key) => [key.dimension, key])),
    cells: Object.fromEntries(expressions.flatMap(({ key }, place) => { const cell = cells[place]; return cell === undefined ? [] : [[key, cell]]; })),
  }));
}

interface Parts {
  name: string;
  heading: string;
  dimension: Dimension;
  level?: number;
  expressions: readonly Asked[];
  narrow?: FigureWhere;
}

/** A table of measures and formulas by department or subject, each row of one year. */
function useAnalysis({ name, heading, dimension, level, expressions, narrow = {} }: Parts): Worktable<AnalysisRow, AnalysisWorkQuery> {
  const { t } = useTranslation();
  const { unit } = useSettings();
  const [year] = useChoice('year');
  const [department] = useChoice('department');
  const scope: FigureWhere = { ...scopeOf({ year: /^\d{4}$/.test(year) ? Number(year) : null, department }), ...narrow };
  const keyOf = (row: AnalysisRow) => row.keys[dimension];
  const lineage = (row: AnalysisRow, measure: Measure, where: FigureWhere | null | undefined): Lineage => {
    const own = [scope, ...(where == null ? [] : [where])];
    const here = narrowed({ measure, where: { and: own } }, dimension, keyOf(row) ?? {});
    return narrowed(here, 'FISCAL_YEAR', { code: row.keys['FISCAL_YEAR']?.code ?? '' });
  };
  const cellText = (cell: Cell | undefined, kind: Asked['kind']) => (kind === 'money' && cell?.money != null ? inUnit(cell.money.fen, unit) : (cell?.text ?? ''));
  const columns: WorkColumn<AnalysisRow>[] = [
    {
      key: NAME,
      heading,
      order: dimension,
      text: (row) => [dimension === 'FUNCTIONAL_SUBJECT' ? keyOf(row)?.code : null, keyOf(row)?.name].filter(Boolean).join(' '),
      show: (row) => { const key = keyOf(row); return key?.node == null ? key?.name : <NamedLink id={key.node.id} name={key.name} {...(dimension === 'FUNCTIONAL_SUBJECT' ? { code: key.code ?? null } : {})} />; },
    },
    { key: 'year', heading: t('choice.year'), order: 'FISCAL_YEAR', text: (row) => row.keys['FISCAL_YEAR']?.code ?? '' },
    ...expressions.map(({ key, heading: label, ask, kind, aside = false }): WorkColumn<AnalysisRow> => ({
      key,
      heading: label,
      numeric: true,
      order: key,
      aside,
      text: (row) => cellText(row.cells[key], kind),
      ...(kind === 'money' ? { money: true, fen: (row: AnalysisRow) => row.cells[key]?.money?.fen } : {}),
      show: (row) => {
        const cell = row.cells[key];
        if (cell?.text == null) return <span className="none">—</span>;
        const shown = ask.measure == null || kind !== 'money' ? `${grouped(cellText(cell, kind))}${kind === 'percent' ? '%' : ''}` : <Amount fen={cell.money?.fen} align={2} title={`${keyOf(row)?.name} · ${label}`} lineage={lineage(row, ask.measure, ask.where)} />;
        return cell.coverage.complete ? shown : <span className="partial" title={t('rollup.of', { ...cell.coverage })}>{shown}<sup>{t('rollup.of', { ...cell.coverage })}</sup></span>;
      },
    })),
  ];
  const filters: Filter[] = expressions.map(({ key, heading: label, kind }) => ({ field: key, label, kind: 'number', money: kind === 'money' }));
  const having = ({ conditions }: Selection) => conditions.map(({ filter, operator, value }) => ({ column: filter.field, [operator]: value }));
  const order = ({ sort }: Selection) => {
    if (sort === null) return null;
    const direction = sort.descending ? ('DESC' as const) : ('ASC' as const);
    const field = columns.find((column) => column.key === sort.key)?.order ?? '';
    return [field === dimension || field === 'FISCAL_YEAR' ? { dimension: field as Dimension | 'FISCAL_YEAR', direction } : { column: field, direction }];
  };
  return {
    name,
    columns,
    filters,
    key: (row) => `${keyOf(row)?.code} ${keyOf(row)?.node?.id} ${row.keys['FISCAL_YEAR']?.code}`,
    year: (row) => Number(row.keys['FISCAL_YEAR']?.code),
    question: (selection, first, after) => asQuestion<AnalysisWorkQuery, AnalysisWorkQueryVariables>({
      document: AnalysisWorkDocument,
      variables: {
        measures: measuresOf(expressions),
        by: [{ dimension, ...(level === undefined ? {} : { level }) }, { dimension: 'FISCAL_YEAR' }],
        where: scope,
        having: having(selection),
        orderBy: order(selection),
        first,
        after,
      },
    }),
    page: (data) => ({
      totalCount: data.analyze?.page.totalCount ?? 0,
      pageInfo: data.analyze?.page.pageInfo ?? { hasNextPage: false },
      rows: rowsOf(data, expressions),
      caveats: data.analyze?.caveats ?? [],
    }),
    totals: expressions,
    narrow,
  };
}

const count = (key: string, heading: string, counted: Counted, aside = false): Asked => ({ key, heading, ask: { count: counted }, kind: 'number', aside });
const money = (key: string, heading: string, measure: Measure, where?: FigureWhere, aside = false): Asked => ({ key, heading, ask: { measure, ...(where === undefined ? {} : { where }) }, kind: 'money', aside });

export function useDepartments() {
  const { t } = useTranslation();
  return useAnalysis({
    name: 'departments',
    heading: t('kind.Department'),
    dimension: 'DEPARTMENT',
    expressions: [
      money('revenue', t('measure.REVENUE'), 'REVENUE'),
      money('expenditure', t('measure.EXPENDITURE'), 'EXPENDITURE'),
      money('project', t('nature.PROJECT'), 'EXPENDITURE', { nature: 'PROJECT' }),
      { key: 'projectShare', heading: t('work.projectShare'), ask: { ratio: { of: 'project', to: 'expenditure' } }, kind: 'percent' },
      money('threePublic', t('accounts.threePublic'), 'THREE_PUBLIC_FINAL', { threePublicItem: 'TOTAL' }),
      money('vehicles', t('work.vehicles'), 'THREE_PUBLIC_FINAL', { threePublicItem: 'OFFICIAL_VEHICLES' }),
      money('hospitality', t('work.hospitality'), 'THREE_PUBLIC_FINAL', { threePublicItem: 'OFFICIAL_HOSPITALITY' }, true),
      money('overseas', t('work.overseas'), 'THREE_PUBLIC_FINAL', { threePublicItem: 'OVERSEAS_OFFICIAL_TRAVEL' }, true),
      { key: 'vehiclesKept', heading: t('measure.VEHICLES_KEPT'), ask: { measure: 'VEHICLES_KEPT' }, kind: 'number', aside: true },
      money('operating', t('measure.AGENCY_OPERATING'), 'AGENCY_OPERATING', undefined, true),
      money('procurement', t('measure.PROCUREMENT'), 'PROCUREMENT', undefined, true),
      count('projects', t('count.projects'), 'PROJECTS'),
      count('missed', t('work.missed'), 'INDICATORS_MISSED', true),
      count('findings', t('count.findings'), 'FINDINGS'),
      count('errors', t('severity.ERROR'), 'ERRORS', true),
    ],
  });
}

export const LEVELS = ['1', '2', '3'] as const;

export function useSubjects() {
  const { t } = useTranslation();
  const [levelText] = useChoice('level');
  const [under] = useChoice('under');
  const level = LEVELS.find((one) => one === levelText) ?? '1';
  return useAnalysis({
    name: 'subjects',
    heading: t('kind.Subject'),
    dimension: 'FUNCTIONAL_SUBJECT',
    level: Number(level),
    narrow: under === '' ? {} : { functionalSubject: { under } },
    expressions: [
      money('initial', t('measure.INITIAL_BUDGET'), 'INITIAL_BUDGET'),
      money('expenditure', t('measure.EXPENDITURE'), 'EXPENDITURE'),
      { key: 'difference', heading: t('rollup.difference'), ask: { difference: { of: 'expenditure', to: 'initial' } }, kind: 'money' },
      { key: 'completion', heading: t('accounts.completion'), ask: { ratio: { of: 'expenditure', to: 'initial' } }, kind: 'percent' },
      money('basic', t('nature.BASIC'), 'EXPENDITURE', { nature: 'BASIC' }),
      money('project', t('nature.PROJECT'), 'EXPENDITURE', { nature: 'PROJECT' }),
      { key: 'share', heading: t('rollup.share'), ask: { shareOfTotal: 'expenditure' }, kind: 'percent' },
    ],
  });
}
