import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, NavLink, useParams, useSearchParams } from 'react-router';

import { worktableAddress } from '../app/addresses';
import { ROWS, Worktable } from '../components/tables/Worktable';
import { OPERATORS, isSound, parameterOf, selectionOf, SIGNS, whereOf, type Filter, type Selection, type Worktable as Declared } from '../components/tables/selection';
import { YearSelect } from '../components/trees/Trees';
import { ViewFrame } from '../components/ViewFrame';
import { TypedDocumentString } from '../graphql/generated/graphql';
import { useAnswer } from '../graphql/useAnswer';
import { DepartmentSelect } from './Filters';
import { LEVELS, useDepartments, useSubjects } from './worktables/analyses';
import { useDeviations, useFindings, useIndicators, useProjects } from './worktables/lists';

const TABLES = ['departments', 'subjects', 'projects', 'indicators', 'findings', 'deviations'] as const;
type Name = (typeof TABLES)[number];

/** Lists across departments: sorted, narrowed, counted and added up by the service. */
export function WorktablesView() {
  const { name } = useParams();
  const known = TABLES.find((one) => one === name);
  if (known === undefined) return <Navigate to={worktableAddress('departments')} replace />;
  const View = VIEWS[known];
  return <View key={known} />;
}

const VIEWS: Record<Name, () => React.JSX.Element> = {
  departments: () => <View table={useDepartments()} />,
  subjects: () => <View table={useSubjects()} />,
  projects: () => <View table={useProjects()} />,
  indicators: () => <View table={useIndicators()} />,
  findings: () => <View table={useFindings()} />,
  deviations: () => <View table={useDeviations()} />,
};

function View<Row, Result>({ table }: { table: Declared<Row, Result> }) {
  const { t } = useTranslation();
  const [parameters] = useSearchParams();
  const selection = selectionOf(table.filters, table.columns, parameters);
  const title = t(`work.table.${table.name as Name}`);
  return (
    <ViewFrame title={title} eyebrow={t('work.eyebrow')} question={table.question(selection, ROWS, null)}>
      <nav className="segments tabs" aria-label={t('work.title')}>
        {TABLES.map((one) => (
          <NavLink key={one} to={worktableAddress(one)}>
            {t(`work.table.${one}`)}
          </NavLink>
        ))}
      </nav>
      <Narrowing table={table} selection={selection} />
      <Worktable table={table} title={title} selection={selection} />
    </ViewFrame>
  );
}

function Narrowing<Row, Result>({ table, selection }: { table: Declared<Row, Result>; selection: Selection }) {
  const { t } = useTranslation();
  const [parameters, setParameters] = useSearchParams();
  const set = (name: string, value: string) =>
    setParameters((before) => {
      const next = new URLSearchParams(before);
      for (const stale of ['after', 'from']) next.delete(stale);
      if (value === '') next.delete(name);
      else next.set(name, value);
      return next;
    });
  const choices = table.filters.filter((filter) => filter.kind === 'choice');
  const others = table.filters.filter((filter) => filter.kind !== 'choice');
  return (
    <div className="filters">
      <DepartmentSelect department={selection.department} onChange={(id) => set('department', id)} />
      <YearSelect year={selection.year} onChange={(year) => set('year', year === null ? '' : String(year))} every />
      {table.name === 'subjects' && (
        <>
          <select aria-label={t('work.level')} value={parameters.get('level') ?? '1'} onChange={(event) => set('level', event.target.value)}>
            {LEVELS.map((level, place) => (
              <option key={level} value={level}>
                {t(`subjectLevel.${(['CATEGORY', 'SECTION', 'ITEM'] as const)[place] ?? 'CATEGORY'}`)}
              </option>
            ))}
          </select>
          <Typed key={parameters.get('under')} label={t('work.under')} value={parameters.get('under') ?? ''} onSubmit={(code) => set('under', code)} />
        </>
      )}
      {choices.map((filter) => (
        <Facet key={filter.field} filter={filter} table={table} selection={selection} onChange={(value) => set(filter.field, value)} />
      ))}
      <Condition filters={others} onAdd={(filter, operator, value) => set(parameterOf(filter, operator), value)} />
      {selection.conditions
        .filter(({ filter }) => filter.kind !== 'choice')
        .map(({ filter, operator, value }) => (
          <button key={parameterOf(filter, operator)} type="button" className="chip" aria-label={t('work.remove', { condition: `${filter.label} ${SIGNS[operator]} ${value}` })} onClick={() => set(parameterOf(filter, operator), '')}>
            {filter.label} {SIGNS[operator]} {value} <span aria-hidden="true">×</span>
          </button>
        ))}
    </div>
  );
}

interface FacetProps<Row, Result> {
  filter: Extract<Filter, { kind: 'choice' }>;
  table: Declared<Row, Result>;
  selection: Selection;
  onChange: (value: string) => void;
}

/** A choice with how many rows each of its values leaves beside all that is chosen otherwise. */
function Facet<Row, Result>({ filter, table, selection, onChange }: FacetProps<Row, Result>) {
  const { t } = useTranslation();
  const chosen = selection.conditions.find((one) => one.filter.field === filter.field)?.value ?? '';
  const asked = useAnswer(counting(filter, table, selection));
  const counts = asked.state === 'answered' ? asked.data : {};
  return (
    <select aria-label={filter.label} value={chosen} onChange={(event) => onChange(event.target.value)}>
      <option value="">
        {filter.label}: {t('choice.all')}
      </option>
      {filter.options.map(({ value, label }, place) => (
        <option key={value} value={value}>
          {label} {counts[`of${place}`]?.totalCount ?? ''}
        </option>
      ))}
    </select>
  );
}

/** One question for all values of a choice: the list under each of them, without its rows. */
function counting<Row, Result>(filter: Extract<Filter, { kind: 'choice' }>, { counted }: Declared<Row, Result>, selection: Selection) {
  const others = selection.conditions.filter((one) => one.filter.field !== filter.field);
  const { root = '', where = '' } = counted ?? {};
  const names = filter.options.map((_, place) => place);
  const text = `query Facet(${names.map((place) => `$of${place}: ${where}`).join(', ')}) { ${names.map((place) => `of${place}: ${root}(where: $of${place}, first: 0) { totalCount }`).join(' ')} }`;
  const variables = Object.fromEntries(filter.options.map(({ value }, place) => [`of${place}`, narrowedBy(selection, others, filter, value, counted?.always)]));
  return { document: new TypedDocumentString<Record<string, { totalCount: number }>, object>(text), variables };
}

function narrowedBy(selection: Selection, others: Selection['conditions'], filter: Filter, value: string, always: object | undefined) {
  const chosen = whereOf({ ...selection, conditions: [...others, { filter, operator: 'eq', value }] });
  return { and: [chosen, ...(always === undefined ? [] : [always])] };
}

/** Another condition: a field, how it is compared, and with what. */
function Condition({ filters, onAdd }: { filters: readonly Filter[]; onAdd: (filter: Filter, operator: string, value: string) => void }) {
  const { t } = useTranslation();
  const [field, setField] = useState(filters[0]?.field ?? '');
  const filter = filters.find((one) => one.field === field) ?? filters[0];
  const [operator, setOperator] = useState('');
  const [value, setValue] = useState('');
  if (filter === undefined) return null;
  const operators: readonly string[] = OPERATORS[filter.kind];
  const compared = operators.includes(operator) ? operator : (operators[0] ?? '');
  const sound = isSound({ filter, operator: compared, value });
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (!sound) return;
    onAdd(filter, compared, value);
    setValue('');
  };
  return (
    <form className="condition" onSubmit={add} aria-label={t('work.condition')}>
      <select aria-label={t('work.field')} value={filter.field} onChange={(event) => setField(event.target.value)}>
        {filters.map((one) => (
          <option key={one.field} value={one.field}>
            {one.label}
          </option>
        ))}
      </select>
      <select aria-label={t('work.operator')} value={compared} onChange={(event) => setOperator(event.target.value)}>
        {operators.map((one) => (
          <option key={one} value={one}>
            {SIGNS[one]}
          </option>
        ))}
      </select>
      <input aria-label={t('work.value')} value={value} inputMode={filter.kind === 'number' ? 'decimal' : 'text'} placeholder={filter.kind === 'number' && filter.money === true ? t('unit.WAN_YUAN') : ''} onChange={(event) => setValue(event.target.value.trim())} />
      <button type="submit" disabled={!sound}>
        {t('work.add')}
      </button>
    </form>
  );
}

function Typed({ label, value, onSubmit }: { label: string; value: string; onSubmit: (value: string) => void }) {
  const [typed, setTyped] = useState(value);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit(typed.trim());
  };
  return (
    <form onSubmit={submit}>
      <input aria-label={label} placeholder={label} value={typed} onChange={(event) => setTyped(event.target.value)} onBlur={submit} />
    </form>
  );
}
