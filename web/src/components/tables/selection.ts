import type { ReactNode } from 'react';

import type { FigureWhere, MeasureExpression } from '../../graphql/generated/graphql';
import type { Question } from '../../graphql/client';

/** How a column or field is narrowed: by one of its choices, by a number, or by a text in it. */
export type Filter =
  | { field: string; label: string; kind: 'choice'; options: readonly { value: string; label: string }[]; flag?: boolean }
  | { field: string; label: string; kind: 'number'; whole?: boolean; money?: boolean }
  | { field: string; label: string; kind: 'text' };

export interface WorkColumn<Row> {
  /** Its name in the address. */
  key: string;
  heading: string;
  numeric?: boolean;
  /** The cell as plain exact text: what the file holds, and what is shown where `show` is absent. */
  text: (row: Row) => string;
  show?: (row: Row) => ReactNode;
  /** The whole 分 of the cell, where it is money that may be added up. */
  fen?: (row: Row) => string | null | undefined;
  /** Its cells are in the chosen unit of money, which the heading of a file then names. */
  money?: boolean;
  /** What the service orders by; a column without it cannot be sorted. */
  order?: string;
  /** Shown only where it is chosen. */
  aside?: boolean;
}

/** What the address of a worktable selects, as the service is asked for it. */
export interface Selection {
  year: number | null;
  department: string;
  conditions: readonly Condition[];
  sort: { key: string; descending: boolean } | null;
}

export interface Condition {
  filter: Filter;
  operator: string;
  value: string;
}

export interface WorkPage<Row> {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
  rows: readonly Row[];
  caveats: readonly { code: string; text: string }[];
}

/** One worktable, declared: its columns, what it can be narrowed by, and how the service is asked for a page of it. */
export interface Worktable<Row, Result> {
  name: string;
  columns: readonly WorkColumn<Row>[];
  filters: readonly Filter[];
  key: (row: Row) => string;
  year: (row: Row) => number | null;
  question: (selection: Selection, first: number, after: string | null) => Question<Result, object>;
  page: (data: Result) => WorkPage<Row>;
  /** What is added up year by year where nothing but year and department narrows it: by the service, with coverage. */
  totals?: readonly Expression[];
  /** What narrows the totals besides: a subject. */
  narrow?: FigureWhere;
  /** How many rows each choice would leave, where the service can count them: a root list and the type of its filter. */
  counted?: { root: string; where: string; always?: object };
}

/** A measure, count or formula by the column that shows it; a formula names columns that stand before it. */
export interface Expression {
  key: string;
  ask: Omit<MeasureExpression, 'name' | 'decimals' | 'yearsBefore'>;
}

export const OPERATORS = { choice: ['eq'], number: ['gte', 'lte', 'gt', 'lt', 'eq'], text: ['contains'] } as const;
export const SIGNS: Record<string, string> = { gte: '≥', lte: '≤', gt: '>', lt: '<', eq: '=', contains: '∋' };
const DECIMAL = /^-?\d{1,15}(\.\d{1,6})?$/;

/** The name of a condition in the address: executionRate.lt, severity. */
export const parameterOf = (filter: Filter, operator: string): string => (operator === 'eq' && filter.kind === 'choice' ? filter.field : `${filter.field}.${operator}`);

/** Could the service be asked for this? A choice is one of those offered, a number one that is written plainly. */
export function isSound({ filter, value }: Condition): boolean {
  if (filter.kind === 'choice') return filter.options.some((option) => option.value === value);
  if (filter.kind === 'text') return value !== '';
  return filter.whole === true ? /^-?\d{1,9}$/.test(value) : DECIMAL.test(value);
}

export function selectionOf(filters: readonly Filter[], columns: readonly WorkColumn<never>[], parameters: URLSearchParams): Selection {
  const year = parameters.get('year') ?? '';
  const conditions = filters.flatMap((filter) =>
    OPERATORS[filter.kind].flatMap((operator) => {
      const condition = { filter, operator, value: parameters.get(parameterOf(filter, operator)) ?? '' };
      return isSound(condition) ? [condition] : [];
    }),
  );
  const sort = /^(-?)(\w+)$/.exec(parameters.get('sort') ?? '');
  const sorted = columns.find((column) => column.order !== undefined && column.key === sort?.[2]);
  return {
    year: /^\d{4}$/.test(year) ? Number(year) : null,
    department: parameters.get('department') ?? '',
    conditions,
    sort: sorted === undefined ? null : { key: sorted.key, descending: sort?.[1] === '-' },
  };
}

/** Year and department, as every list and every total can be narrowed by them. */
export const scopeOf = ({ year, department }: Pick<Selection, 'year' | 'department'>): FigureWhere => ({
  ...(year === null ? {} : { fiscalYear: { eq: year } }),
  ...(department === '' ? {} : { department: { eq: department } }),
});

/** The `where` of a root list: the scope and every condition must hold. */
export function whereOf(selection: Selection, scope: object = scopeOf(selection)): object | null {
  const conditions = selection.conditions.map(({ filter, operator, value }) => ({ [filter.field]: { [operator]: given(filter, value) } }));
  const all = [...Object.entries(scope).map(([name, value]) => ({ [name]: value as unknown })), ...conditions];
  return all.length === 0 ? null : { and: all };
}

export function orderOf(selection: Selection, columns: readonly WorkColumn<never>[]): object[] | null {
  const field = columns.find((column) => column.key === selection.sort?.key)?.order;
  return field === undefined ? null : [{ field, direction: selection.sort?.descending === true ? 'DESC' : 'ASC' }];
}

function given(filter: Filter, value: string): unknown {
  if (filter.kind === 'choice' && filter.flag === true) return value === 'true';
  return filter.kind === 'number' && filter.whole === true ? Number(value) : value;
}

/** A question without the type of its variables, which differs from list to list. */
export const asQuestion = <Result, Variables>(question: Question<Result, Variables>) => question as unknown as Question<Result, object>;

/** The expressions as the service takes them. */
export const measuresOf = (expressions: readonly Expression[]) => expressions.map(({ key, ask }) => ({ name: key, ...ask }));
