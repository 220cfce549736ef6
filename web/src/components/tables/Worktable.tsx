import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';

import { useFreshness } from '../../app/freshness';
import { useSettings } from '../../app/settings';
import { ask } from '../../graphql/client';
import { AnalysisWorkDocument } from '../../graphql/generated/graphql';
import { useAnswer, type Asked } from '../../graphql/useAnswer';
import { UnitNote } from '../figures/Amount';
import { grouped, inUnit, sum } from '../figures/money';
import { CoverageNote } from '../figures/RollupTable';
import { Answered, Nothing } from '../states/Answered';
import { download, downloadCsv } from './csv';
import { measuresOf, scopeOf, SIGNS, type Selection, type WorkColumn, type WorkPage, type Worktable as Declared } from './selection';

export const ROWS = 50;
const MOST = 500;

interface Props<Row, Result> {
  table: Declared<Row, Result>;
  title: string;
  selection: Selection;
}

/** A page of a list, ordered and narrowed by the service; everything that was chosen stands in the address. */
export function Worktable<Row, Result>({ table, title, selection }: Props<Row, Result>) {
  const { t } = useTranslation();
  const [parameters, setParameters] = useSearchParams();
  const chosen = parameters.get('columns')?.split(',');
  const shown = table.columns.filter((column) => (chosen === undefined ? column.aside !== true : chosen.includes(column.key)));
  const after = parameters.get('after');
  const from = after === null ? 1 : Number(parameters.get('from')) || 1;
  const asked = useKept(useAnswer(table.question(selection, ROWS, after)), { selection, from });
  const set = (changes: Record<string, string | null>) =>
    setParameters((before) => {
      const next = new URLSearchParams(before);
      for (const [name, value] of Object.entries(changes)) {
        if (value === null || value === '') next.delete(name);
        else next.set(name, value);
      }
      return next;
    });
  return (
    <section className="block worktable" aria-label={title}>
      <Answered asked={asked}>
        {({ data, of: { selection, from } }) => {
          const page = table.page(data);
          const state = { count: page.totalCount, from: page.totalCount === 0 ? 0 : from, to: from + page.rows.length - 1 };
          return (
            <>
              <header>
                <p role="status">
                  {t('work.count', state)} <UnitNote />
                </p>
                <div className="tools">
                  <ColumnChoice columns={table.columns} shown={shown} onChange={(columns) => set({ columns })} />
                  <Cite title={title} selection={selection} count={page.totalCount} />
                  <SaveAll table={table} title={title} selection={selection} columns={shown} count={page.totalCount} />
                </div>
              </header>
              {page.rows.length === 0 ? (
                <Nothing>{t('work.none')}</Nothing>
              ) : (
                <Grid table={table} title={title} page={page} columns={shown} selection={selection} onSort={(sort) => set({ sort, after: null, from: null })} />
              )}
              <div className="filters">
                {after !== null && (
                  <button type="button" onClick={() => set({ after: null, from: null })}>
                    {t('work.first')}
                  </button>
                )}
                {page.pageInfo.hasNextPage && (
                  <button type="button" onClick={() => set({ after: page.pageInfo.endCursor ?? null, from: String(from + page.rows.length) })}>
                    {t('choice.next')}
                  </button>
                )}
              </div>
              {page.caveats.length > 0 && (
                <ul className="caveats" aria-label={t('rollup.caveats')}>
                  {page.caveats.map(({ code, text }) => (
                    <li key={code}>{text}</li>
                  ))}
                </ul>
              )}
            </>
          );
        }}
      </Answered>
    </section>
  );
}

/** What was answered last stays while the next is asked, with what it was asked `of`, so that nothing jumps. */
function useKept<Result, Of>(asked: Asked<Result>, of: Of): Asked<{ data: Result; of: Of }> {
  const last = useRef<{ data: Result; of: Of } | null>(null);
  if (asked.state === 'answered') last.current = { data: asked.data, of };
  if (asked.state === 'loading' && last.current === null) return asked;
  return asked.state === 'failed' || last.current === null ? (asked as Asked<never>) : { state: 'answered', data: last.current };
}

interface GridProps<Row, Result> {
  table: Declared<Row, Result>;
  title: string;
  page: WorkPage<Row>;
  columns: readonly WorkColumn<Row>[];
  selection: Selection;
  onSort: (sort: string | null) => void;
}

function Grid<Row, Result>({ table, title, page, columns, selection, onSort }: GridProps<Row, Result>) {
  const { t } = useTranslation();
  const direction = (column: WorkColumn<Row>) => (selection.sort?.key !== column.key ? 'none' : selection.sort.descending ? 'descending' : 'ascending');
  /** Numbers from the greatest, words from the first; then the other way, then as the list itself stands. */
  const next = (column: WorkColumn<Row>): string | null => {
    const falling = column.numeric === true;
    const turn = direction(column);
    if (turn === 'none') return `${falling ? '-' : ''}${column.key}`;
    return (turn === 'descending') === falling ? `${falling ? '' : '-'}${column.key}` : null;
  };
  return (
    <div className="scroll" tabIndex={0} role="group" aria-label={title}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={column.numeric ? 'numeric' : undefined} aria-sort={column.order === undefined ? undefined : direction(column)}>
                {column.order === undefined ? (
                  column.heading
                ) : (
                  <button type="button" className="sort" title={t('work.sort', { column: column.heading })} onClick={() => onSort(next(column))}>
                    {column.heading}
                  </button>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {page.rows.map((row) => (
            <tr key={table.key(row)}>
              {columns.map((column) => (
                <td key={column.key} className={column.numeric ? 'numeric' : undefined}>
                  {column.show?.(row) ?? column.text(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <Totals table={table} columns={columns} selection={selection} count={page.totalCount} />
      </table>
    </div>
  );
}

interface TotalsProps<Row, Result> {
  table: Declared<Row, Result>;
  columns: readonly WorkColumn<Row>[];
  selection: Selection;
  count: number;
}

/**
 * The sums of the whole selection, a line a year: years are never added up. The service adds up where year and department
 * alone narrow it; of what is narrowed further the rows themselves are added, up to the most that one page holds.
 */
function Totals<Row, Result>(props: TotalsProps<Row, Result>) {
  const { t } = useTranslation();
  if (props.table.totals === undefined) return null;
  if (props.selection.conditions.length === 0) return <ServedTotals {...props} />;
  if (props.count <= MOST) return <AddedTotals {...props} />;
  return (
    <tfoot>
      <tr>
        <td colSpan={props.columns.length}>{t('work.tooMany', { most: MOST })}</td>
      </tr>
    </tfoot>
  );
}

interface Total {
  text: string | null;
  fen: string | null;
  percent: boolean;
  coverage: { counted: number; expected: number; complete: boolean };
}

function ServedTotals<Row, Result>({ table, columns, selection }: TotalsProps<Row, Result>) {
  const expressions = table.totals ?? [];
  const asked = useAnswer({
    document: AnalysisWorkDocument,
    variables: { measures: measuresOf(expressions), by: [{ dimension: 'FISCAL_YEAR' }], where: { ...scopeOf(selection), ...table.narrow }, having: null, orderBy: null, first: MOST, after: null },
  });
  if (asked.state !== 'answered') return null;
  const years = (asked.data.analyze?.page.nodes ?? []).map(({ keys, cells }) => {
    const of = new Map<string, Total>(
      expressions.flatMap(({ key, ask: { ratio, shareOfTotal } }, place) => {
        const cell = cells[place];
        return cell === undefined ? [] : [[key, { text: cell.text ?? null, fen: cell.money?.fen ?? null, percent: ratio != null || shareOfTotal != null, coverage: cell.coverage }]];
      }),
    );
    return { year: keys[0]?.code ?? '', of };
  });
  return <TotalLines columns={columns} years={years} />;
}

function AddedTotals<Row, Result>({ table, columns, selection }: TotalsProps<Row, Result>) {
  const asked = useAnswer(table.question(selection, MOST, null));
  if (asked.state !== 'answered') return null;
  const { rows } = table.page(asked.data);
  const years = [...new Set(rows.map((row) => table.year(row)))].toSorted().map((year) => {
    const own = rows.filter((row) => table.year(row) === year);
    const of = new Map<string, Total>();
    for (const { key, fen } of columns) {
      if (fen === undefined) continue;
      const amounts = own.flatMap((row) => fen(row) ?? []);
      const coverage = { counted: amounts.length, expected: own.length, complete: amounts.length === own.length };
      of.set(key, { text: null, fen: amounts.length === 0 ? null : sum(amounts), percent: false, coverage });
    }
    return { year: String(year ?? ''), of };
  });
  return <TotalLines columns={columns} years={years} />;
}

function TotalLines<Row>({ columns, years }: { columns: readonly WorkColumn<Row>[]; years: readonly { year: string; of: ReadonlyMap<string, Total> }[] }) {
  const { t } = useTranslation();
  const { unit } = useSettings();
  const cell = (total: Total | undefined): ReactNode => {
    if (total === undefined) return null;
    if (total.fen === null && total.text === null) return <span className="none">—</span>;
    return (
      <>
        <span className="number">{total.fen === null ? `${grouped(total.text ?? '')}${total.percent ? '%' : ''}` : grouped(inUnit(total.fen, unit))}</span>
        {!total.coverage.complete && <CoverageNote coverage={total.coverage} />}
      </>
    );
  };
  return (
    <tfoot>
      {years.map(({ year, of }) => (
        <tr key={year}>
          {columns.map((column, place) =>
            place === 0 ? (
              <th key={column.key} scope="row">
                {t('work.total', { year })}
              </th>
            ) : (
              <td key={column.key} className="numeric">
                {cell(of.get(column.key))}
              </td>
            ),
          )}
        </tr>
      ))}
    </tfoot>
  );
}

function ColumnChoice<Row>({ columns, shown, onChange }: { columns: readonly WorkColumn<Row>[]; shown: readonly WorkColumn<Row>[]; onChange: (keys: string) => void }) {
  const { t } = useTranslation();
  const toggle = (key: string) => onChange(columns.filter((column) => (column.key === key) !== shown.includes(column)).map((column) => column.key).join(','));
  return (
    <details className="menu">
      <summary>{t('work.columns')}</summary>
      <div>
        {columns.map((column, place) => (
          <label key={column.key}>
            <input type="checkbox" checked={shown.includes(column)} disabled={place === 0} onChange={() => toggle(column.key)} /> {column.heading}
          </label>
        ))}
      </div>
    </details>
  );
}

/** Copies where this selection stands, or a sentence that cites it: what, of how many rows, of which version. */
function Cite({ title, selection, count }: { title: string; selection: Selection; count: number }) {
  const { t } = useTranslation();
  const { version = '' } = useFreshness();
  const [done, setDone] = useState('');
  const narrowed = [selection.year, selection.department, ...selection.conditions.map(({ filter, operator, value }) => `${filter.label} ${SIGNS[operator]} ${value}`)].filter(Boolean).join(t('rollup.and'));
  const copy = (name: string, text: string) => void navigator.clipboard.writeText(text).then(() => setDone(name), () => setDone(''));
  return (
    <>
      <button type="button" className="quiet" onClick={() => copy('link', location.href)}>
        {done === 'link' ? t('question.copied') : t('reader.copy')}
      </button>
      <button type="button" className="quiet" onClick={() => copy('cite', t('work.citation', { title, narrowed: narrowed || t('choice.all'), count, version: version.slice(0, 12), address: location.href }))}>
        {done === 'cite' ? t('question.copied') : t('work.cite')}
      </button>
    </>
  );
}

interface SaveProps<Row, Result> {
  table: Declared<Row, Result>;
  title: string;
  selection: Selection;
  columns: readonly WorkColumn<Row>[];
  count: number;
}

/** Every row of the selection, in its order and its columns, page by page from the service. */
function SaveAll<Row, Result>({ table, title, selection, columns, count }: SaveProps<Row, Result>) {
  const { t, i18n } = useTranslation();
  const { unit } = useSettings();
  const [state, setState] = useState<{ read: number } | { failure: string } | null>(null);
  const heading = (column: WorkColumn<Row>) => (column.money !== true ? column.heading : `${column.heading} (${t(`unit.${unit}`)})`);
  const save = async () => {
    const rows: string[][] = [];
    let after: string | null = null;
    do {
      const page: WorkPage<Row> = table.page(await ask(table.question(selection, MOST, after)));
      rows.push(...page.rows.map((row) => columns.map((column) => column.text(row))));
      after = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;
      setState({ read: rows.length });
    } while (after !== null);
    downloadCsv(title, [columns.map(heading), ...rows]);
    setState(null);
  };
  /** The same question, answered by the service as a file: every column that it keeps of the list. */
  const fetchFile = async (format: 'csv' | 'xlsx') => {
    const { document, variables } = table.question(selection, ROWS, null);
    const reply = await fetch(`/export/query.${format}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': i18n.language },
      body: JSON.stringify({ query: document.toString(), variables, bom: format === 'csv' }),
    });
    if (!reply.ok) throw new Error(((await reply.json()) as { errors?: { message: string }[] }).errors?.[0]?.message ?? String(reply.status));
    download(`${title}.${format}`, await reply.blob());
  };
  const fail = (error: Error) => setState({ failure: error.message });
  return (
    <>
      {(['xlsx', 'csv'] as const).map((format) => (
        <button key={format} type="button" className="quiet" disabled={count === 0} onClick={() => void fetchFile(format).catch(fail)}>
          {t('work.saveFile', { format: format.toUpperCase() })}
        </button>
      ))}
      <button type="button" className="quiet" disabled={count === 0 || (state !== null && 'read' in state)} onClick={() => void save().catch(fail)}>
        {state !== null && 'read' in state ? t('work.saving', { read: state.read, count }) : t('work.saveAll', { count })}
      </button>
      {state !== null && 'failure' in state && <span role="alert">{state.failure}</span>}
    </>
  );
}
