import { useTranslation } from 'react-i18next';

import { useSettings } from '../app/settings';
import { Amount, YearAndUnit } from '../components/figures/Amount';
import { byAmount, extent, inUnit, minus, share, sum } from '../components/figures/money';
import { Caveats } from '../components/figures/RollupTable';
import { NamedLink } from '../components/nodes/NodeLink';
import { narrowed, type Lineage, type MoneyDimension } from '../components/sources/lineage';
import { Answered, Nothing } from '../components/states/Answered';
import { DataTable, type Column } from '../components/tables/DataTable';
import { ViewFrame } from '../components/ViewFrame';
import { ComparisonDocument, type ComparisonQuery, type Measure } from '../graphql/generated/graphql';
import { useAnswer } from '../graphql/useAnswer';
import { ScopeFilters, useScope } from './Filters';
import { pivoted, type PivotRow } from './pivot';
import { inYear, useChoice } from './useChoice';

/** What can be compared: a measure and the dimensions by which it is published. */
const MEASURES: Partial<Record<Measure, MoneyDimension[]>> = {
  EXPENDITURE: ['FUNCTIONAL_SUBJECT', 'EXPENDITURE_NATURE', 'DEPARTMENT', 'FISCAL_YEAR'],
  REVENUE: ['REVENUE_SOURCE', 'FUNCTIONAL_SUBJECT', 'DEPARTMENT', 'FISCAL_YEAR'],
  BASIC_EXPENDITURE: ['ECONOMIC_SUBJECT', 'DEPARTMENT', 'FISCAL_YEAR'],
  INITIAL_BUDGET: ['FUNCTIONAL_SUBJECT', 'DEPARTMENT', 'FISCAL_YEAR'],
  THREE_PUBLIC_FINAL: ['THREE_PUBLIC_ITEM', 'DEPARTMENT', 'FISCAL_YEAR'],
  PROJECT_EXECUTED: ['UNIT', 'PROJECT', 'FUND_SOURCE', 'DEPARTMENT', 'FISCAL_YEAR'],
};
const COLUMNS: MoneyDimension[] = ['DEPARTMENT', 'FISCAL_YEAR'];
const LEVELLED: MoneyDimension[] = ['FUNCTIONAL_SUBJECT', 'ECONOMIC_SUBJECT'];

/** One measure side by side: departments or years across, subjects, natures or projects down. */
export function CompareView() {
  const { t } = useTranslation();
  const [measureText, setMeasure] = useChoice('measure');
  const [rowsText, setRows] = useChoice('rows');
  const [columnsText, setColumns] = useChoice('columns');
  const where = useScope();
  const measures = Object.keys(MEASURES) as Measure[];
  const measure = measures.find((one) => one === measureText) ?? 'EXPENDITURE';
  const dimensions = MEASURES[measure] ?? [];
  const down = dimensions.find((one) => one === rowsText) ?? dimensions[0] ?? 'DEPARTMENT';
  const across = COLUMNS.find((one) => one === columnsText && one !== down) ?? (down === 'DEPARTMENT' ? 'FISCAL_YEAR' : 'DEPARTMENT');
  const by = [{ dimension: down, ...(LEVELLED.includes(down) ? { level: 1 } : {}) }, { dimension: across }];
  const question = { document: ComparisonDocument, variables: { measure, by, where } };
  const asked = useAnswer(question);
  /** Of the year that the answer names, unless the years are what is compared. */
  const lineage = (year: number | null | undefined): Lineage => ({ measure, where: [down, across].includes('FISCAL_YEAR') ? where : { ...where, ...inYear(year) } });
  return (
    <ViewFrame title={t('place.compare')} eyebrow={t(`measure.${measure}`)} question={question}>
      <div className="filters">
        <Choice label={t('rollup.measure')} value={measure} options={measures} name={(one) => t(`measure.${one}`)} onChange={setMeasure} />
        <Choice label={t('compare.down')} value={down} options={dimensions} name={(one) => t(`dimension.${one}`)} onChange={setRows} />
        <Choice label={t('compare.across')} value={across} options={COLUMNS.filter((one) => one !== down)} name={(one) => t(`dimension.${one}`)} onChange={setColumns} />
        <ScopeFilters />
      </div>
      <Answered asked={asked}>{(data) => <Pivot data={data} lineage={lineage(data.rollup.grandTotal.fiscalYear)} dimensions={[down, across]} name={`${t(`measure.${measure}`)} · ${t(`dimension.${down}`)}`} />}</Answered>
    </ViewFrame>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly Value[];
  name: (value: Value) => string;
  onChange: (value: string) => void;
}

function Choice<Value extends string>({ label, value, options, name, onChange }: ChoiceProps<Value>) {
  return (
    <label className="choice">
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map((one) => (
          <option key={one} value={one}>
            {name(one)}
          </option>
        ))}
      </select>
    </label>
  );
}

interface PivotProps {
  data: ComparisonQuery;
  lineage: Lineage;
  dimensions: [MoneyDimension, MoneyDimension];
  name: string;
}

function Pivot({ data, lineage, dimensions: [down, across], name }: PivotProps) {
  const { t } = useTranslation();
  const { unit } = useSettings();
  const { columns: heads, rows } = pivoted(data.rollup.nodes);
  const byYear = down === 'FISCAL_YEAR' || across === 'FISCAL_YEAR';
  if (rows.length === 0) return <Nothing>{t('state.empty')}</Nothing>;
  const sorted = rows.toSorted((a, b) => byAmount(total(a), total(b)));
  const widest = Math.max(1, ...sorted.flatMap((row) => [...row.cells.values()].map(extent)));
  const columns: Column<PivotRow>[] = heads.map((column) => ({
    key: column.key,
    heading: column.name,
    numeric: true,
    text: (row) => (row.cells.has(column.key) ? inUnit(row.cells.get(column.key) ?? '0', unit) : ''),
    show: (row) => (
      <>
        <Amount
          fen={row.cells.get(column.key)}
          align={2}
          title={`${row.name} · ${column.name}`}
          lineage={narrowed(narrowed(lineage, down, row), across, column)}
        />
        <Bar part={extent(row.cells.get(column.key) ?? '0') / widest} />
      </>
    ),
  }));
  const [first, second] = heads;
  if (first !== undefined && second !== undefined && heads.length === 2) {
    /** Of two amounts alone: what one side does not publish is no 0. */
    const change = (row: PivotRow) => {
      const [before, after] = [row.cells.get(first.key), row.cells.get(second.key)];
      return before === undefined || after === undefined ? null : { before, fen: minus(after, before) };
    };
    const percent = (row: PivotRow) => {
      const both = change(row);
      const part = both === null ? null : share(both.fen, both.before.replace('-', ''));
      return part === null ? '' : `${part}%`;
    };
    columns.push(
      { key: 'difference', heading: t('rollup.difference'), numeric: true, text: (row) => { const both = change(row); return both === null ? '' : inUnit(both.fen, unit); }, show: (row) => <Amount fen={change(row)?.fen} align={2} /> },
      { key: 'percent', heading: t('accounts.changePercent'), numeric: true, text: percent, show: (row) => percent(row) || <span className="none">—</span> },
    );
  }
  return (
    <DataTable
      name={name}
      note={<YearAndUnit year={byYear ? null : data.rollup.grandTotal.fiscalYear} />}
      foot={byYear ? undefined : <Caveats totals={[{ label: name, rollup: data.rollup.grandTotal }]} />}
      rows={sorted}
      columns={[{ key: 'name', heading: t('compare.down'), text: (row) => row.name, show: (row) => (row.node == null ? row.name : <NamedLink id={row.node.id} name={row.name} code={row.code} />) }, ...columns]}
    />
  );
}

/** How long an amount is beside the longest of its table. */
function Bar({ part }: { part: number }) {
  return (
    <svg className="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect width={part * 100} height="4" />
    </svg>
  );
}

const total = (row: PivotRow): string => sum([...row.cells.values()]);
