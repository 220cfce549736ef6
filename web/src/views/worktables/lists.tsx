import { useTranslation } from 'react-i18next';

import { useSettings } from '../../app/settings';
import { Amount } from '../../components/figures/Amount';
import { grouped, inUnit } from '../../components/figures/money';
import { nameOf, NamedLink, NodeLink } from '../../components/nodes/NodeLink';
import { SourceButton } from '../../components/sources/SourceDrawer';
import { asQuestion, orderOf, whereOf, type Expression, type Filter, type Selection, type WorkColumn, type WorkPage, type Worktable } from '../../components/tables/selection';
import {
  DeviationWorkDocument,
  FindingWorkDocument,
  IndicatorWorkDocument,
  ProjectWorkDocument,
  type DeviationReason,
  type DeviationWorkQuery,
  type FindingWorkQuery,
  type IndicatorKind,
  type IndicatorWorkQuery,
  type ProjectWorkQuery,
  type SourcePartsFragment,
  type TypedDocumentString,
} from '../../graphql/generated/graphql';
import { percent } from '../nodes/ProjectTable';

type ProjectRow = ProjectWorkQuery['page']['nodes'][number];
type IndicatorRow = IndicatorWorkQuery['page']['nodes'][number];
type FindingRow = FindingWorkQuery['page']['nodes'][number];
type DeviationRow = DeviationWorkQuery['page']['nodes'][number];

/** A root list as the service pages it: the same for each of them. */
function asked<Row, Result extends { page: { totalCount: number; pageInfo: WorkPage<Row>['pageInfo']; nodes: Row[] } }, Variables extends object>(
  document: TypedDocumentString<Result, Variables>,
  columns: readonly WorkColumn<Row>[],
  always: object = {},
): Pick<Worktable<Row, Result>, 'question' | 'page'> {
  const where = (selection: Selection) => {
    const chosen = whereOf(selection);
    return Object.keys(always).length === 0 ? chosen : { and: [always, ...(chosen === null ? [] : [chosen])] };
  };
  return {
    question: (selection, first, after) => {
      const variables = { where: where(selection), orderBy: orderOf(selection, columns), first, after };
      return asQuestion({ document, variables: variables as unknown as Variables });
    },
    page: ({ page }) => ({ totalCount: page.totalCount, pageInfo: page.pageInfo, rows: page.nodes, caveats: [] }),
  };
}

/** What several lists have: a department, money, a printed place. */
function useParts() {
  const { t } = useTranslation();
  const { unit } = useSettings();
  const number = (value: string | null | undefined) => (value == null ? '' : value);
  return {
    year: <Row,>(of: (row: Row) => number): WorkColumn<Row> => ({ key: 'year', heading: t('choice.year'), order: 'FISCAL_YEAR', text: (row) => String(of(row)) }),
    department: <Row,>(of: (row: Row) => { id: string; name: string }): WorkColumn<Row> => ({
      key: 'department',
      heading: t('kind.Department'),
      order: 'DEPARTMENT',
      text: (row) => of(row).name,
      show: (row) => <NamedLink {...of(row)} />,
    }),
    money: <Row,>(key: string, heading: string, order: string | undefined, fen: (row: Row) => string | null | undefined, title: (row: Row) => string, source: (row: Row) => SourcePartsFragment): WorkColumn<Row> => ({
      key,
      heading,
      numeric: true,
      money: true,
      ...(order === undefined ? {} : { order }),
      text: (row) => { const amount = fen(row); return amount == null ? '' : inUnit(amount, unit); },
      show: (row) => <Amount fen={fen(row)} align={2} title={`${title(row)} · ${heading}`} sources={[source(row)]} />,
    }),
    number: <Row,>(key: string, heading: string, order: string | undefined, of: (row: Row) => string | null | undefined, after = ''): WorkColumn<Row> => ({
      key,
      heading,
      numeric: true,
      ...(order === undefined ? {} : { order }),
      text: (row) => number(of(row)),
      show: (row) => { const value = of(row); return value == null ? <span className="none">—</span> : `${grouped(value)}${after}`; },
    }),
    findings: <Row extends { findings: { totalCount: number } }>(): WorkColumn<Row> => ({
      key: 'findings',
      heading: t('count.findings'),
      numeric: true,
      order: 'FINDINGS',
      text: (row) => String(row.findings.totalCount),
      show: ({ findings: { totalCount } }) => (totalCount === 0 ? <span className="none">0</span> : <span className="mark bad">{totalCount}</span>),
    }),
    source: <Row,>(title: (row: Row) => string, of: (row: Row) => readonly SourcePartsFragment[]): WorkColumn<Row> => ({
      key: 'source',
      heading: t('source.short'),
      text: (row) => of(row).slice(0, 1).map((one) => [one.document.fileName, one.page, one.line].filter((part) => part != null).join(' : ')).join(''),
      show: (row) => <SourceButton title={title(row)} sources={of(row)} />,
    }),
  };
}

const FUNDS: Expression[] = [
  { key: 'initial', ask: { measure: 'PROJECT_INITIAL_BUDGET' } },
  { key: 'revised', ask: { measure: 'PROJECT_REVISED_BUDGET' } },
  { key: 'executed', ask: { measure: 'PROJECT_EXECUTED' } },
];

export function useProjects(): Worktable<ProjectRow, ProjectWorkQuery> {
  const { t } = useTranslation();
  const { year, department, money, number, findings, source } = useParts();
  const fen = (rollup: ProjectRow['executed']) => (rollup.coverage.counted === 0 && rollup.value.fen === '0' ? null : rollup.value.fen);
  const name = (row: ProjectRow) => row.name;
  const place = (row: ProjectRow) => row.source;
  const amount = (key: 'initial' | 'revised' | 'executed', heading: string, order: string): WorkColumn<ProjectRow> => ({ ...money<ProjectRow>(key, heading, order, (row) => fen(row[key]), name, place), fen: (row) => fen(row[key]) });
  const columns: WorkColumn<ProjectRow>[] = [
    { key: 'name', heading: t('kind.Project'), order: 'NAME', text: name, show: (row) => <NamedLink id={row.id} name={row.name} /> },
    year((row) => row.fiscalYear),
    department((row) => row.department),
    { key: 'unit', heading: t('kind.Unit'), order: 'UNIT', aside: true, text: (row) => row.unit.name, show: (row) => <NamedLink {...row.unit} /> },
    { ...amount('initial', t('measure.PROJECT_INITIAL_BUDGET'), 'INITIAL_BUDGET'), aside: true },
    amount('revised', t('measure.PROJECT_REVISED_BUDGET'), 'REVISED_BUDGET'),
    amount('executed', t('measure.PROJECT_EXECUTED'), 'EXECUTED'),
    { ...number<ProjectRow>('rate', t('project.rate'), 'EXECUTION_RATE', (row) => row.executionRate, '%'), text: (row) => row.executionRate ?? '' },
    number('score', t('project.score'), 'SELF_EVALUATION_SCORE', (row) => row.selfEvaluation?.reportedScore),
    { key: 'grade', heading: t('project.grade'), order: 'GRADE', text: (row) => row.selfEvaluation?.grade ?? '' },
    findings(),
    source(name, (row) => [row.source]),
  ];
  const filters: Filter[] = [
    { field: 'name', label: t('kind.Project'), kind: 'text' },
    { field: 'grade', label: t('project.grade'), kind: 'text' },
    { field: 'executed', label: t('measure.PROJECT_EXECUTED'), kind: 'number', money: true },
    { field: 'revisedBudget', label: t('measure.PROJECT_REVISED_BUDGET'), kind: 'number', money: true },
    { field: 'executionRate', label: t('project.rate'), kind: 'number' },
    { field: 'selfEvaluationScore', label: t('project.score'), kind: 'number' },
    { field: 'missedIndicators', label: t('work.missed'), kind: 'number', whole: true },
    { field: 'findings', label: t('count.findings'), kind: 'number', whole: true },
  ];
  return { name: 'projects', columns, filters, key: (row) => row.id, year: (row) => row.fiscalYear, counted: { root: 'projects', where: 'ProjectWhere' }, totals: FUNDS, ...asked(ProjectWorkDocument, columns) };
}

const KINDS: IndicatorKind[] = ['QUANTITY', 'QUALITY', 'TIMELINESS', 'COST', 'ECONOMIC_BENEFIT', 'SOCIAL_BENEFIT', 'ECOLOGICAL_BENEFIT', 'SUSTAINABILITY', 'SERVICE_SATISFACTION'];

const LEAVES = { level: { eq: 3 } };

export function useIndicators(): Worktable<IndicatorRow, IndicatorWorkQuery> {
  const { t } = useTranslation();
  const { year, department, number, findings, source } = useParts();
  const met = (row: IndicatorRow) => (row.achieved == null ? t('outcome.notNumeric') : row.achieved ? t('outcome.met') : t('outcome.missed'));
  const kind = (row: IndicatorRow) => row.kind ?? row.parent?.kind;
  const columns: WorkColumn<IndicatorRow>[] = [
    { key: 'name', heading: t('indicator.name'), order: 'NAME', text: (row) => row.name, show: (row) => <NamedLink id={row.id} name={row.name} /> },
    { key: 'project', heading: t('kind.Project'), order: 'PROJECT', text: (row) => row.project.name, show: (row) => <NamedLink id={row.project.id} name={row.project.name} /> },
    { ...department<IndicatorRow>((row) => row.project.department), aside: true },
    year((row) => row.project.fiscalYear),
    { key: 'kind', heading: t('indicator.kind'), text: (row) => { const own = kind(row); return own == null ? (row.parent?.name ?? '') : t(`indicatorKind.${own}`); } },
    { key: 'target', heading: t('indicator.target'), order: 'TARGET_VALUE', text: (row) => row.target?.text ?? '' },
    { key: 'actual', heading: t('indicator.actual'), order: 'ACTUAL_VALUE', text: (row) => row.actual?.text ?? '' },
    { key: 'achieved', heading: t('indicator.outcome'), order: 'ACHIEVED', text: met, show: (row) => <span className={`outcome ${row.achieved == null ? 'notNumeric' : row.achieved ? 'met' : 'missed'}`}>{met(row)}</span> },
    number('maxScore', t('indicator.maxScore'), 'MAX_SCORE', (row) => row.maxScore),
    number('score', t('indicator.score'), 'SCORE', (row) => row.score),
    findings(),
    source((row) => row.name, (row) => [row.source]),
  ];
  const filters: Filter[] = [
    { field: 'name', label: t('indicator.name'), kind: 'text' },
    { field: 'achieved', label: t('indicator.outcome'), kind: 'choice', flag: true, options: [{ value: 'true', label: t('outcome.met') }, { value: 'false', label: t('outcome.missed') }] },
    { field: 'kind', label: t('indicator.kind'), kind: 'choice', options: KINDS.map((value) => ({ value, label: t(`indicatorKind.${value}`) })) },
    { field: 'scoreRatio', label: t('work.scoreRatio'), kind: 'number' },
    { field: 'maxScore', label: t('indicator.maxScore'), kind: 'number' },
    { field: 'score', label: t('indicator.score'), kind: 'number' },
    { field: 'targetText', label: t('indicator.target'), kind: 'text' },
    { field: 'findings', label: t('count.findings'), kind: 'number', whole: true },
  ];
  return {
    name: 'indicators',
    columns,
    filters,
    key: (row) => row.id,
    year: (row) => row.project.fiscalYear,
    ...asked(IndicatorWorkDocument, columns, LEAVES),
    counted: { root: 'indicators', where: 'IndicatorWhere', always: LEAVES },
  };
}

const SEVERITIES = ['ERROR', 'WARNING', 'INFO'] as const;
const MATERIALITIES = ['MATERIAL', 'MINOR', 'ROUNDING', 'UNQUANTIFIED'] as const;

export function useFindings(): Worktable<FindingRow, FindingWorkQuery> {
  const { t } = useTranslation();
  const { year, department, money, number, source } = useParts();
  const first = (row: FindingRow) => row.sources[0] as SourcePartsFragment;
  const columns: WorkColumn<FindingRow>[] = [
    { key: 'message', heading: t('kind.Finding'), text: (row) => row.message, show: (row) => <NamedLink id={row.id} name={row.message} /> },
    { key: 'severity', heading: t('finding.severity'), order: 'SEVERITY', text: (row) => t(`severity.${row.severity}`), show: (row) => <span className={row.severity === 'ERROR' ? 'mark bad' : 'mark'}>{t(`severity.${row.severity}`)}</span> },
    { key: 'check', heading: t('kind.Check'), order: 'CHECK', text: (row) => row.check.title },
    { key: 'materiality', heading: t('work.materiality'), order: 'MATERIALITY', text: (row) => t(`materiality.${row.materiality.level}`) },
    { key: 'conclusion', heading: t('conclusion.title'), text: (row) => (row.conclusion == null ? '' : [t(`conclusion.${row.conclusion.kind}`), row.conclusion.note, row.conclusion.name, row.conclusion.date].filter(Boolean).join(' ')) },
    { key: 'group', heading: t('finding.group'), aside: true, text: (row) => row.group, show: (row) => (row.group === row.id ? '—' : <NamedLink id={row.group} name={t('finding.sameCause')} />) },
    year((row) => row.finalAccounts.fiscalYear),
    department((row) => row.finalAccounts.department),
    { key: 'node', heading: t('work.concerns'), aside: true, text: (row) => (row.node ? nameOf(row.node) : ''), show: (row) => row.node && <NodeLink node={row.node} kind /> },
    number('reported', t('rollup.reported'), 'REPORTED', (row) => row.reported),
    number('derived', t('rollup.derived'), 'DERIVED', (row) => row.derived),
    number('difference', t('rollup.difference'), 'DIFFERENCE', (row) => row.difference),
    { key: 'unit', heading: t('work.countedIn'), text: (row) => row.unit ?? '' },
    { ...money<FindingRow>('amount', t('work.difference'), 'ABSOLUTE_AMOUNT', (row) => row.materiality.amount?.fen, (row) => row.check.title, first), aside: true },
    source((row) => row.check.title, (row) => row.sources),
  ];
  const filters: Filter[] = [
    { field: 'severity', label: t('finding.severity'), kind: 'choice', options: SEVERITIES.map((value) => ({ value, label: t(`severity.${value}`) })) },
    { field: 'materiality', label: t('work.materiality'), kind: 'choice', options: MATERIALITIES.map((value) => ({ value, label: t(`materiality.${value}`) })) },
    { field: 'check', label: t('kind.Check'), kind: 'text' },
    { field: 'amount', label: t('work.difference'), kind: 'number', money: true },
  ];
  return { name: 'findings', columns, filters, key: (row) => row.id, year: (row) => row.finalAccounts.fiscalYear, counted: { root: 'findings', where: 'FindingWhere' }, ...asked(FindingWorkDocument, columns) };
}

const REASONS: DeviationReason[] = ['AUSTERITY', 'POLICY_CHANGE', 'PANDEMIC', 'HEADCOUNT_CHANGE', 'SUBJECT_RECLASSIFIED', 'ON_BUDGET', 'OTHER'];

export function useDeviations(): Worktable<DeviationRow, DeviationWorkQuery> {
  const { t } = useTranslation();
  const { unit } = useSettings();
  const { year, department, money, source } = useParts();
  const title = (row: DeviationRow) => row.subject.name;
  const place = (row: DeviationRow) => row.source;
  const budget = (row: DeviationRow) => row.revisedBudget?.fen ?? row.initialBudget?.fen;
  const deviation = (row: DeviationRow) => { const from = budget(row); return from === undefined ? null : String(BigInt(row.final.fen) - BigInt(from)); };
  const columns: WorkColumn<DeviationRow>[] = [
    { key: 'subject', heading: t('kind.Subject'), order: 'SUBJECT', text: (row) => `${row.subject.code} ${row.subject.name}`, show: (row) => <NamedLink {...row.subject} /> },
    year((row) => row.source.document.fiscalYear),
    department((row) => row.source.document.department),
    money('initialBudget', t('funding.INITIAL_BUDGET'), 'INITIAL_BUDGET', (row) => row.initialBudget?.fen, title, place),
    { ...money<DeviationRow>('revisedBudget', t('funding.REVISED_BUDGET'), 'REVISED_BUDGET', (row) => row.revisedBudget?.fen, title, place), aside: true },
    money('final', t('accounts.final'), 'FINAL', (row) => row.final.fen, title, place),
    { key: 'deviation', heading: t('rollup.difference'), numeric: true, money: true, order: 'DEVIATION', text: (row) => { const fen = deviation(row); return fen === null ? '' : inUnit(fen, unit); }, show: (row) => <Amount fen={deviation(row)} align={2} /> },
    { key: 'size', heading: t('work.absolute'), numeric: true, money: true, order: 'ABSOLUTE_DEVIATION', aside: true, text: (row) => { const fen = deviation(row)?.replace('-', ''); return fen === undefined ? '' : inUnit(fen, unit); } },
    { key: 'completion', heading: t('accounts.completion'), numeric: true, order: 'COMPLETION_PERCENT', text: (row) => row.completionPercent ?? '', show: (row) => percent(row.completionPercent) },
    { key: 'reasons', heading: t('accounts.reasons'), text: (row) => row.reasons.map((reason) => t(`reason.${reason}`)).join('、') },
    source(title, (row) => [row.source]),
  ];
  const filters: Filter[] = [
    { field: 'direction', label: t('work.direction'), kind: 'choice', options: (['INCREASE', 'DECREASE', 'FLAT'] as const).map((value) => ({ value, label: t(`direction.${value}`) })) },
    { field: 'reasons', label: t('accounts.reasons'), kind: 'choice', options: REASONS.map((value) => ({ value, label: t(`reason.${value}`) })) },
    { field: 'absoluteDeviation', label: t('work.absolute'), kind: 'number', money: true },
    { field: 'completionPercent', label: t('accounts.completion'), kind: 'number' },
    { field: 'final', label: t('accounts.final'), kind: 'number', money: true },
  ];
  return {
    name: 'deviations',
    columns,
    filters,
    key: (row) => `${row.source.document.id} ${row.subject.id} ${row.source.page} ${row.source.line} ${row.final.fen}`,
    year: (row) => row.source.document.fiscalYear,
    counted: { root: 'budgetDeviations', where: 'BudgetDeviationWhere' },
    ...asked(DeviationWorkDocument, columns),
  };
}
