import { useTranslation } from 'react-i18next';

import { paperAddress } from '../../app/addresses';
import { useSettings } from '../../app/settings';
import { Amount, UnitNote } from '../../components/figures/Amount';
import { inUnit } from '../../components/figures/money';
import { Consistency, RollupTable } from '../../components/figures/RollupTable';
import { NamedLink } from '../../components/nodes/NodeLink';
import { SourceButton } from '../../components/sources/SourceDrawer';
import { Answered } from '../../components/states/Answered';
import { DataTable, type Column } from '../../components/tables/DataTable';
import { FinalAccountsPageDocument, type FinalAccountsPageQuery } from '../../graphql/generated/graphql';
import { useAnswer } from '../../graphql/useAnswer';
import { Ledger } from './Ledger';
import { NodeFrame, type Head } from './NodeFrame';
import { percent } from './ProjectTable';
import { Reading } from './Reading';
import { Stated } from './Stated';

type Accounts = Extract<NonNullable<FinalAccountsPageQuery['node']>, { __typename: 'FinalAccounts' }>;

export function FinalAccountsBody({ head }: { head: Head }) {
  const question = { document: FinalAccountsPageDocument, variables: { id: head.id } };
  const asked = useAnswer(question);
  return (
    <NodeFrame head={head} question={question}>
      <Answered asked={asked}>
        {({ node }) => node?.__typename === 'FinalAccounts' && <Sections accounts={node} id={head.id} />}
      </Answered>
    </NodeFrame>
  );
}

function Sections({ accounts, id }: { accounts: Accounts; id: string }) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <p className="jumps">
        <NamedLink id={accounts.department.id} name={accounts.department.name} />
        <NamedLink id={accounts.document.id} name={accounts.document.fileName} />
        {(['docx', 'xlsx'] as const).map((format) => (
          <a key={format} href={paperAddress(id, format, i18n.language)} download>
            {t('node.paper', { format })}
          </a>
        ))}
      </p>
      <RollupTable
        name={t('node.totals')}
        rows={[
          { key: 'revenue', label: t('measure.REVENUE'), rollup: accounts.totalRevenue },
          { key: 'expenditure', label: t('measure.EXPENDITURE'), rollup: accounts.totalExpenditure },
          { key: 'basic', label: t('nature.BASIC'), rollup: accounts.basicExpenditure },
          { key: 'project', label: t('nature.PROJECT'), rollup: accounts.projectExpenditure },
        ]}
      />
      <Statements accounts={accounts} />
      <Deviations accounts={accounts} />
      <Comparisons accounts={accounts} />
      <ThreePublic accounts={accounts} />
      <Stated id={id} />
      <Reading id={id} />
      <Ledger id={id} />
    </>
  );
}

function Statements({ accounts }: { accounts: Accounts }) {
  const { t } = useTranslation();
  return (
    <DataTable
      name={t('accounts.statements')}
      rows={accounts.statements.map((row) => ({ ...row, key: row.id }))}
      columns={[
        { key: 'number', heading: t('accounts.printedNumber'), text: (row) => row.printedNumber ?? '—' },
        { key: 'title', heading: t('kind.Statement'), text: (row) => row.title, show: (row) => <NamedLink id={row.id} name={row.title} /> },
        { key: 'lines', heading: t('accounts.lines'), numeric: true, text: (row) => (row.isEmpty ? t('accounts.empty') : String(row.lines.totalCount)) },
        { key: 'findings', heading: t('count.findings'), numeric: true, text: (row) => String(row.findings.totalCount) },
        { key: 'source', heading: t('source.short'), text: (row) => String(row.source.line ?? ''), show: (row) => <SourceButton title={row.title} sources={[row.source]} /> },
      ]}
    />
  );
}

function useMoneyColumn() {
  const { unit } = useSettings();
  return <Row,>(key: string, heading: string, fen: (row: Row) => string | undefined): Column<Row> => ({
    key,
    heading,
    numeric: true,
    text: (row) => {
      const amount = fen(row);
      return amount === undefined ? '' : inUnit(amount, unit);
    },
    show: (row) => <Amount fen={fen(row)} align={2} />,
  });
}

function Deviations({ accounts }: { accounts: Accounts }) {
  const { t } = useTranslation();
  const money = useMoneyColumn();
  type Row = Accounts['budgetDeviations']['nodes'][number] & { key: string };
  return (
    <DataTable<Row>
      name={t('accounts.deviations')}
      note={<UnitNote />}
      rows={accounts.budgetDeviations.nodes.map((row, place) => ({ ...row, key: `${row.subject.id} ${place}` }))}
      columns={[
        { key: 'subject', heading: t('kind.Subject'), text: (row) => `${row.subject.code} ${row.subject.name}`, show: (row) => <NamedLink {...row.subject} /> },
        money('initial', t('funding.INITIAL_BUDGET'), (row) => row.initialBudget?.fen),
        money('revised', t('funding.REVISED_BUDGET'), (row) => row.revisedBudget?.fen),
        money('final', t('accounts.final'), (row) => row.final.fen),
        { key: 'completion', heading: t('accounts.completion'), numeric: true, text: (row) => percent(row.completionPercent) },
        { key: 'reasons', heading: t('accounts.reasons'), text: (row) => row.reasons.map((reason) => t(`reason.${reason}`)).join('、') },
        { key: 'source', heading: t('source.short'), text: (row) => String(row.source.line ?? ''), show: (row) => <SourceButton title={row.subject.name} sources={[row.source]} /> },
      ]}
    />
  );
}

function Comparisons({ accounts }: { accounts: Accounts }) {
  const { t } = useTranslation();
  const money = useMoneyColumn();
  type Row = Accounts['comparisons'][number] & { key: string };
  return (
    <DataTable<Row>
      name={t('accounts.comparisons')}
      anchor="comparisons"
      note={<UnitNote />}
      rows={accounts.comparisons.map((row, place) => ({ ...row, key: String(place) }))}
      columns={[
        { key: 'label', heading: t('rollup.measure'), text: (row) => `${row.label} · ${t(`measure.${row.measure}`)}` },
        money('previous', t('accounts.previous'), (row) => row.previous.fen),
        money('current', t('accounts.current'), (row) => row.current.fen),
        money('change', t('accounts.change'), (row) => row.change.fen),
        { key: 'percent', heading: t('accounts.changePercent'), numeric: true, text: (row) => percent(row.changePercent) },
        { key: 'consistent', heading: t('rollup.consistent'), text: (row) => String(row.consistent ?? ''), show: (row) => <Consistency value={row.consistent} /> },
        { key: 'source', heading: t('source.short'), text: (row) => String(row.source.line ?? ''), show: (row) => <SourceButton title={row.label} sources={[row.source]} /> },
      ]}
    />
  );
}

function ThreePublic({ accounts }: { accounts: Accounts }) {
  const { t } = useTranslation();
  const money = useMoneyColumn();
  const items = accounts.threePublicExpenses?.items ?? [];
  if (items.length === 0) return null;
  type Row = (typeof items)[number] & { key: string };
  return (
    <DataTable<Row>
      name={t('accounts.threePublic')}
      note={<UnitNote />}
      rows={items.map((row) => ({ ...row, key: row.id }))}
      rowClass={(row) => `depth-${row.level}`}
      columns={[
        { key: 'name', heading: t('kind.ThreePublicItem'), text: (row) => row.name, show: (row) => <NamedLink id={row.id} name={row.name} /> },
        money('budget', t('measure.THREE_PUBLIC_BUDGET'), (row) => row.budget?.fen),
        money('final', t('measure.THREE_PUBLIC_FINAL'), (row) => row.final?.fen),
      ]}
    />
  );
}
