import { useTranslation } from 'react-i18next';

import { useSettings } from '../app/settings';
import { Picture } from '../components/charts/Picture';
import { sankey, sankeyHeight, type Stop, type Stream } from '../components/charts/sankey';
import { Amount, UnitNote } from '../components/figures/Amount';
import { grouped, inUnit, minus, sum } from '../components/figures/money';
import { Caveats, CoverageNote, Consistency, yearOf } from '../components/figures/RollupTable';
import { narrowed, type Lineage } from '../components/sources/lineage';
import { Answered, Nothing } from '../components/states/Answered';
import { DataTable } from '../components/tables/DataTable';
import { ViewFrame } from '../components/ViewFrame';
import { FlowDocument, type FigureWhere, type FlowQuery, type MoneyUnit } from '../graphql/generated/graphql';
import { useAnswer } from '../graphql/useAnswer';
import { ScopeFilters, useScope } from './Filters';
import { inYear } from './useChoice';

/** Where the money comes from, what it is for, and as what it is spent. */
export function FlowView() {
  const { t } = useTranslation();
  const where = useScope();
  const question = { document: FlowDocument, variables: { where } };
  const asked = useAnswer(question);
  return (
    <ViewFrame title={t('flow.title')} eyebrow={t('flow.eyebrow')} question={question}>
      <div className="filters">
        <ScopeFilters />
      </div>
      <Answered asked={asked}>{(data) => <Flow data={data} where={where} />}</Answered>
    </ViewFrame>
  );
}

function Flow({ data, where }: { data: FlowQuery; where: FigureWhere }) {
  const { t } = useTranslation();
  const { unit } = useSettings();
  const received = streamsOf(data.revenue.nodes, 'source', 'category', unit);
  const spent = streamsOf(data.expenditure.nodes, 'category', 'nature', unit);
  const carried = carriedOf(data);
  const balance = balanced(received, spent, carried, unit);
  const streams = [...received, ...spent, ...balance.streams];
  if (streams.length === 0) return <Nothing>{t('state.empty')}</Nothing>;
  const names = namesOf(data);
  names.set(BEFORE, t(balance.printed ? 'flow.before' : 'flow.beyond')).set(AFTER, t(balance.printed ? 'flow.after' : 'flow.kept'));
  const stops = stopsOf(streams, names, unit);
  const totals = [
    { key: 'revenue', label: t('measure.REVENUE'), rollup: data.revenue.grandTotal },
    { key: 'expenditure', label: t('measure.EXPENDITURE'), rollup: data.expenditure.grandTotal },
  ];
  return (
    <>
      <Picture name={t('flow.picture')} description={t('flow.description')} key_={JSON.stringify([stops, streams])} option={() => sankey(stops, streams)} height={sankeyHeight(stops)} />
      <DataTable
        name={t('node.totals')}
        note={<UnitNote />}
        rows={totals}
        foot={<Caveats totals={totals} />}
        columns={[
          { key: 'measure', heading: t('rollup.measure'), text: (row) => row.label },
          { key: 'year', heading: t('choice.year'), text: (row) => yearOf(row.rollup) },
          { key: 'reported', heading: t('rollup.reported'), numeric: true, text: (row) => (row.rollup.reported == null ? '' : inUnit(row.rollup.reported.fen, unit)), show: (row) => <Amount fen={row.rollup.reported?.fen} align={2} /> },
          { key: 'derived', heading: t('rollup.derived'), numeric: true, text: (row) => inUnit(row.rollup.derived.fen, unit), show: (row) => <Amount fen={row.rollup.derived.fen} align={2} /> },
          { key: 'consistent', heading: t('rollup.consistent'), text: (row) => String(row.rollup.consistent ?? ''), show: (row) => <Consistency value={row.rollup.consistent} /> },
          { key: 'coverage', heading: t('rollup.coverage'), text: (row) => `${row.rollup.coverage.counted}/${row.rollup.coverage.expected}`, show: (row) => <CoverageNote coverage={row.rollup.coverage} /> },
        ]}
      />
      <DataTable
        name={t('flow.table')}
        note={<UnitNote />}
        rows={streams.map((stream) => ({ ...stream, key: `${stream.from} ${stream.to}` }))}
        columns={[
          { key: 'from', heading: t('flow.from'), text: (row) => names.get(row.from) ?? '' },
          { key: 'to', heading: t('flow.to'), text: (row) => names.get(row.to) ?? '' },
          { key: 'amount', heading: t('rollup.derived'), numeric: true, text: (row) => inUnit(row.fen, unit), show: (row) => <Amount fen={row.fen} align={2} title={`${names.get(row.from)} → ${names.get(row.to)}`} {...(balance.streams.some((one) => one.from === row.from && one.to === row.to) ? {} : { lineage: lineageOf(row, where, data) })} /> },
        ]}
      />
    </>
  );
}

type Row = FlowQuery['revenue']['nodes'][number];
const DEPTHS: Record<string, number> = { source: 0, before: 0, category: 1, nature: 2, after: 2 };
const BEFORE = 'before carried';
const AFTER = 'after carried';

interface Carried {
  /** 年初结转和结余 and what was used of 非财政拨款结余. */
  before: string;
  /** 年末结转和结余 and 结余分配. */
  after: string;
}

/** What is printed as carried into the year and out of it; null where neither is. */
function carriedOf({ carried, revenue, expenditure }: FlowQuery): Carried | null {
  const year = String(revenue.grandTotal.fiscalYear ?? expenditure.grandTotal.fiscalYear);
  const cells = carried?.rows.nodes.find(({ keys }) => keys[0]?.code === year)?.cells ?? [];
  const fens = cells.map(({ money }) => money?.fen);
  if (fens.every((fen) => fen === undefined)) return null;
  const [opening = '0', used = '0', distributed = '0', closing = '0'] = fens;
  return { before: sum([opening, used]), after: sum([distributed, closing]) };
}

/**
 * The streams that make both ends the same sum. A category that spent more than it received drew on what was carried in;
 * one that spent less carries the rest on; what was carried in and not drawn on goes straight out. Where the printed
 * carry-over does not fit (or none is), the differences stand alone and are named as such.
 */
function balanced(received: readonly Stream[], spent: readonly Stream[], carried: Carried | null, unit: MoneyUnit): { streams: Stream[]; printed: boolean } {
  const categories = new Set([...received.map(({ to }) => to), ...spent.map(({ from }) => from)]);
  const stream = (from: string, to: string, fen: string): Stream => ({ from, to, fen, amount: grouped(inUnit(fen, unit)) });
  const streams = [...categories].flatMap((category) => {
    const rest = minus(sum(received.filter(({ to }) => to === category).map(({ fen }) => fen)), sum(spent.filter(({ from }) => from === category).map(({ fen }) => fen)));
    if (rest === '0') return [];
    return rest.startsWith('-') ? [stream(BEFORE, category, rest.slice(1))] : [stream(category, AFTER, rest)];
  });
  if (carried === null) return { streams, printed: false };
  const drawn = sum(streams.filter(({ from }) => from === BEFORE).map(({ fen }) => fen));
  const kept = sum(streams.filter(({ to }) => to === AFTER).map(({ fen }) => fen));
  const through = minus(carried.before, drawn);
  if (through.startsWith('-') || through !== minus(carried.after, kept)) return { streams, printed: false };
  return { streams: through === '0' ? streams : [...streams, stream(BEFORE, AFTER, through)], printed: true };
}

function streamsOf(rows: readonly Row[], left: string, right: string, unit: MoneyUnit): Stream[] {
  return rows.flatMap((row) => {
    const { fen } = row.rollup.derived;
    if (fen === '0') return [];
    const [from, to] = row.keys;
    return [{ from: `${left} ${from?.code}`, to: `${right} ${to?.code}`, fen, amount: grouped(inUnit(fen, unit)) }];
  });
}

/** A stream is narrowed at both ends: revenue by source and category, expenditure by category and nature. */
function lineageOf({ from, to }: Stream, where: FigureWhere, { revenue, expenditure }: FlowQuery): Lineage {
  const [left = '', leftCode = ''] = from.split(' ');
  const [, rightCode = ''] = to.split(' ');
  if (left === 'source') {
    const received = narrowed({ measure: 'REVENUE', where: { ...where, ...inYear(revenue.grandTotal.fiscalYear) } }, 'REVENUE_SOURCE', { code: leftCode });
    return narrowed(received, 'FUNCTIONAL_SUBJECT', { code: rightCode });
  }
  const spent = narrowed({ measure: 'EXPENDITURE', where: { ...where, ...inYear(expenditure.grandTotal.fiscalYear) } }, 'FUNCTIONAL_SUBJECT', { code: leftCode });
  return narrowed(spent, 'EXPENDITURE_NATURE', { code: rightCode });
}

function namesOf(data: FlowQuery): Map<string, string> {
  const names = new Map<string, string>();
  for (const { keys: [source, category] } of data.revenue.nodes) names.set(`source ${source?.code}`, source?.name ?? '').set(`category ${category?.code}`, `${category?.code} ${category?.name}`);
  for (const { keys: [category, nature] } of data.expenditure.nodes) names.set(`category ${category?.code}`, `${category?.code} ${category?.name}`).set(`nature ${nature?.code}`, nature?.name ?? '');
  return names;
}

/** Each stop once, with what flows out of it, or into it where nothing flows out. */
function stopsOf(streams: readonly Stream[], names: ReadonlyMap<string, string>, unit: MoneyUnit): Stop[] {
  const ids = [...new Set(streams.flatMap((stream) => [stream.from, stream.to]))];
  return ids.map((id) => {
    const out = streams.filter((stream) => stream.from === id);
    const flowing = out.length > 0 ? out : streams.filter((stream) => stream.to === id);
    return {
      id,
      name: names.get(id) ?? id,
      depth: DEPTHS[id.split(' ')[0] ?? ''] ?? 0,
      amount: grouped(inUnit(sum(flowing.map((stream) => stream.fen)), unit)),
    };
  });
}
