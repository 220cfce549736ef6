import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { findingsAddress, guideAddress, nodeAddress, treemapAddress, worktableAddress } from '../app/addresses';
import { useSettings } from '../app/settings';
import { Amount, UnitNote } from '../components/figures/Amount';
import { grouped, inUnit } from '../components/figures/money';
import { CoverageNote } from '../components/figures/RollupTable';
import { NamedLink } from '../components/nodes/NodeLink';
import { Answered } from '../components/states/Answered';
import { ViewFrame } from '../components/ViewFrame';
import { OverviewDocument, type OverviewQuery } from '../graphql/generated/graphql';
import { useAnswer } from '../graphql/useAnswer';

const COUNTS = ['divisions', 'departments', 'units', 'projects', 'indicators', 'subjects', 'figures', 'findings'] as const;

/** What is served and whose, the latest year's figures, six questions with their answers, and what was not read. */
export function HomeView() {
  const { t } = useTranslation();
  const question = { document: OverviewDocument, variables: {} };
  const asked = useAnswer(question);
  return (
    <ViewFrame title={t('home.title')} eyebrow={t('home.eyebrow')} question={question}>
      <Answered asked={asked}>
        {(data) => (
          <>
            <Lead data={data} />
            <Headline data={data} />
            <Questions data={data} />
            <Accounts data={data} />
            <Counts dataset={data.dataset} />
          </>
        )}
      </Answered>
    </ViewFrame>
  );
}

function Lead({ data: { dataset, divisions, accounts } }: { data: OverviewQuery }) {
  const { t, i18n } = useTranslation();
  const between = i18n.language === 'zh' ? '、' : ', ';
  const named = divisions.nodes.map(({ name }) => name).join(between);
  const { fiscalYears } = dataset;
  const years = fiscalYears.length < 4 ? fiscalYears.join(between) : `${fiscalYears[0]}–${fiscalYears.at(-1)}`;
  return (
    <p className="lead">
      {t('home.lead', { divisions: divisions.totalCount > divisions.nodes.length ? t('home.andMore', { named, count: divisions.totalCount }) : named, departments: dataset.departments, accounts: accounts.totalCount, years, figures: grouped(String(dataset.figures)) })}{' '}
      <Link to={guideAddress}>{t('guide.title')}</Link>
    </p>
  );
}

/** The figures of the latest year, with how many of the accounts they are of: other years are a line of their own. */
function Headline({ data: { headline } }: { data: OverviewQuery }) {
  const { t } = useTranslation();
  const rows = headline?.rows.nodes ?? [];
  const labels = [t('measure.REVENUE'), t('measure.EXPENDITURE'), t('nature.PROJECT'), t('accounts.threePublic')];
  if (rows.length === 0) return null;
  return (
    <section className="block" aria-label={t('home.headline')}>
      <header>
        <h2>{t('home.headline')}</h2>
        <UnitNote />
      </header>
      <div className="scroll" tabIndex={0} role="group" aria-label={t('home.headline')}>
        <table className="headline">
          <thead>
            <tr>
              <th scope="col">{t('choice.year')}</th>
              {labels.map((label) => (
                <th key={label} scope="col" className="numeric">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ keys, cells }) => (
              <tr key={keys[0]?.code}>
                <th scope="row">{keys[0]?.code}</th>
                {cells.map(({ money, coverage }, place) => (
                  <td key={labels[place]} className="numeric">
                    <Amount fen={money?.fen} /> {money != null && <CoverageNote coverage={coverage} />}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="aside">{t('home.headlineNote')}</p>
    </section>
  );
}

/** Six questions: each card says the answer in short and leads to all of it. */
function Questions({ data }: { data: OverviewQuery }) {
  const { t } = useTranslation();
  const { unit } = useSettings();
  const money = (fen: string | null | undefined) => (fen == null ? '—' : `${grouped(inUnit(fen, unit))} ${t(`unit.${unit}`)}`);
  const [project] = data.costliest.nodes;
  const [heaviest] = data.heaviest?.rows.nodes ?? [];
  const [vehicles] = data.vehicles?.rows.nodes ?? [];
  const [compared] = data.compared.nodes;
  const [worst] = data.worst.nodes;
  const change = compared?.comparisons[0];
  const none = t('home.noAnswer');
  const cards: { key: 'project' | 'subject' | 'years' | 'indicators' | 'vehicles' | 'findings'; to: string; answer: ReactNode }[] = [
    {
      key: 'project',
      to: worktableAddress('projects', { sort: '-executed' }),
      answer: project === undefined ? none : `${project.fiscalYear} ${project.name}: ${money(project.executed.coverage.counted === 0 ? null : project.executed.value.fen)}`,
    },
    {
      key: 'subject',
      to: treemapAddress({}),
      answer: heaviest === undefined ? none : `${heaviest.keys[1]?.code} ${heaviest.keys[0]?.code} ${heaviest.keys[0]?.name}: ${money(heaviest.cells[0]?.money?.fen)}`,
    },
    {
      key: 'years',
      to: followed(data) || compared === undefined ? '/explore/compare?rows=DEPARTMENT&columns=FISCAL_YEAR' : `${nodeAddress(compared.id)}#comparisons`,
      answer: compared === undefined || change === undefined ? none : `${compared.fiscalYear} ${change.label}: ${signed(money(change.change.fen))}${change.changePercent == null ? '' : ` (${signed(change.changePercent)}%)`}`,
    },
    {
      key: 'indicators',
      to: worktableAddress('indicators', { achieved: 'false', 'scoreRatio.gte': '100' }),
      answer: data.missed.totalCount === 0 ? t('home.noneSuch') : t('home.indicatorsAnswer', { count: data.missed.totalCount, name: data.missed.nodes[0]?.name ?? '' }),
    },
    {
      key: 'vehicles',
      to: worktableAddress('departments', { sort: '-vehicles' }),
      answer: vehicles === undefined ? none : `${vehicles.keys[1]?.code} ${vehicles.keys[0]?.name}: ${money(vehicles.cells[0]?.money?.fen)}`,
    },
    {
      key: 'findings',
      to: worktableAddress('findings', { severity: 'ERROR', sort: '-amount' }),
      answer: worst === undefined ? t('home.noneSuch') : t('home.findingsAnswer', { count: data.worst.totalCount, message: worst.message }),
    },
  ];
  return (
    <section className="block" aria-label={t('home.questions')}>
      <header>
        <h2>{t('home.questions')}</h2>
        <Link to={findingsAddress({})}>{t('home.allFindings', { count: data.dataset.findings })}</Link>
      </header>
      <ol className="plain asks">
        {cards.map(({ key, to, answer }) => (
          <li key={key}>
            <Link to={to}>
              <b>{t(`home.ask.${key}`)}</b>
              <span>{answer}</span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A change says which way it went. */
const signed = (number: string): string => (/^[-—]|^0(?:\.0+)?(?:\D|$)/.test(number) ? number : `+${number}`);

/** Rows of one key together, in the order in which each key first stands. */
function grouping<Row>(rows: readonly Row[], key: (row: Row) => string): Row[][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return [...groups.values()];
}

/** Does any department have the accounts of two years? Then the years can be held against each other. */
function followed({ accounts }: OverviewQuery): boolean {
  const departments = accounts.nodes.filter(({ kind }) => kind === 'DEPARTMENT').map(({ department }) => department.id);
  return new Set(departments).size < departments.length;
}

/** The accounts by division and department, a link a year; and those that were not read whole. */
function Accounts({ data: { accounts, unread, dataset } }: { data: OverviewQuery }) {
  const { t } = useTranslation();
  const divisions = grouping(accounts.nodes, ({ department }) => department.division.id);
  return (
    <section className="block" aria-label={t('home.documents')}>
      <header>
        <h2>{t('home.documents')}</h2>
        <span className="code" title={dataset.version}>
          {t('home.version', { version: dataset.version.slice(0, 12) })}
        </span>
      </header>
      {divisions.map((own) => {
        const division = own[0]?.department.division;
        return (
          <div key={division?.id} className="shelf">
            <h3>{division && <NamedLink id={division.id} name={division.name} />}</h3>
            <ul className="plain">
              {grouping(own, ({ department }) => department.id).map((years) => {
                const department = years[0]?.department;
                return (
                  <li key={department?.id}>
                    {department && <NamedLink id={department.id} name={department.name} />}
                    {years.map((one) => (
                      <Link key={one.id} to={nodeAddress(one.id)} title={one.title} className="year">
                        {one.fiscalYear} {t(`accountKind.${one.kind}`)}
                        {one.reading.gaps.totalCount > 0 && <span className="mark bad">{t('home.gaps', { count: one.reading.gaps.totalCount })}</span>}
                      </Link>
                    ))}
                  </li>
                );
              })}
            </ul>
          </div>
        );
      })}
      {accounts.totalCount > accounts.nodes.length && (
        <p className="aside">
          {t('home.shelf', { shown: accounts.nodes.length, count: accounts.totalCount })} <Link to={worktableAddress('departments')}>{t('work.table.departments')}</Link>
        </p>
      )}
      <p className="aside">
        {unread.totalCount === 0 ? t('home.allRead') : t('home.unread', { count: unread.totalCount })}{' '}
        {unread.nodes.map((one) => (
          <Link key={one.id} to={`${nodeAddress(one.id)}#reading`}>
            {one.title} ({one.reading.gaps.totalCount}){' '}
          </Link>
        ))}
      </p>
    </section>
  );
}

function Counts({ dataset }: { dataset: OverviewQuery['dataset'] }) {
  const { t } = useTranslation();
  return (
    <dl className="counts">
      {COUNTS.map((count) => (
        <div key={count}>
          <dt>{t(`count.${count}`)}</dt>
          <dd className="number">{grouped(String(dataset[count]))}</dd>
        </div>
      ))}
    </dl>
  );
}
