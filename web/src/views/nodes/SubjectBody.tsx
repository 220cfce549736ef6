import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { treemapAddress } from '../../app/addresses';
import { useSettings } from '../../app/settings';
import { Amount, UnitNote } from '../../components/figures/Amount';
import { derivedOf, inUnit, share } from '../../components/figures/money';
import { Consistency, RollupTable, yearOf, type RollupRow } from '../../components/figures/RollupTable';
import { Trend } from '../../components/figures/Trend';
import { NamedLink } from '../../components/nodes/NodeLink';
import { narrowed } from '../../components/sources/lineage';
import { Answered } from '../../components/states/Answered';
import { DataTable } from '../../components/tables/DataTable';
import { YearSelect } from '../../components/trees/Trees';
import { SubjectPageDocument, type Measure, type SubjectPageQuery } from '../../graphql/generated/graphql';
import { useAnswer } from '../../graphql/useAnswer';
import { inYear, useYear } from '../useChoice';
import { NodeFrame, type Head } from './NodeFrame';

type Subject = Extract<NonNullable<SubjectPageQuery['node']>, { __typename: 'Subject' }>;

export function SubjectBody({ head }: { head: Head }) {
  const [year, setYear] = useYear();
  const functional = !head.id.startsWith('subject:ECONOMIC');
  const measure: Measure = functional ? 'EXPENDITURE' : 'BASIC_EXPENDITURE';
  const question = { document: SubjectPageDocument, variables: { id: head.id, year, measure, functional } };
  const asked = useAnswer(question);
  return (
    <NodeFrame head={head} question={question} tools={<YearSelect year={year} onChange={setYear} />}>
      <Answered asked={asked}>
        {({ node }) => node?.__typename === 'Subject' && <Sections subject={node} head={head} measure={measure} />}
      </Answered>
    </NodeFrame>
  );
}

function Sections({ subject, head, measure }: { subject: Subject; head: Head; measure: Measure }) {
  const { t } = useTranslation();
  const { unit } = useSettings();
  const code = 'code' in head ? (head.code ?? '') : '';
  const dimension = subject.classification === 'ECONOMIC' ? 'ECONOMIC_SUBJECT' : 'FUNCTIONAL_SUBJECT';
  const whole = subject.total.derived.fen;
  const rows: (Omit<RollupRow, 'rollup'> & { rollup: RollupRow['rollup'] | undefined })[] = [
    { key: 'total', label: t(`measure.${measure}`), rollup: subject.total },
    { key: 'basic', label: `${t('measure.EXPENDITURE')} · ${t('nature.BASIC')}`, rollup: subject.basic },
    { key: 'project', label: `${t('measure.EXPENDITURE')} · ${t('nature.PROJECT')}`, rollup: subject.project },
    { key: 'appropriation', label: t('measure.APPROPRIATION_EXPENDITURE'), rollup: subject.appropriation },
    { key: 'revenue', label: t('measure.REVENUE'), rollup: subject.revenue },
    { key: 'initial', label: t('measure.INITIAL_BUDGET'), rollup: subject.initial },
  ];
  return (
    <>
      <p className="jumps">
        <span>
          {t(`classification.${subject.classification}`)} · {t(`subjectLevel.${subject.subjectLevel}`)}
        </span>
        <Link to={treemapAddress(subject.classification === 'ECONOMIC' ? { classification: 'ECONOMIC', at: code } : { at: code })}>{t('place.treemap')}</Link>
        {subject.crosswalk.map((one) => (
          <span key={`${one.scheme} ${one.code}`} className="aside">
            {one.scheme} {one.code} {one.name}
            {one.approximate && ` (${t('subject.approximate')})`}
          </span>
        ))}
      </p>
      {subject.definition != null && <p className="definition">{subject.definition}</p>}
      <RollupTable name={t('node.totals')} rows={rows.flatMap((row) => (row.rollup === undefined ? [] : [{ ...row, rollup: row.rollup }]))} />
      <Trend id={head.id} measure={measure} />
      {subject.children.nodes.length > 0 && (
        <DataTable
          name={t('subject.below')}
          note={<UnitNote />}
          rows={subject.children.nodes.map((row) => ({ ...row, key: row.id }))}
          columns={[
            { key: 'name', heading: t('kind.Subject'), text: (row) => `${row.number} ${row.name}`, show: (row) => <NamedLink id={row.id} name={row.name} code={row.number} /> },
            { key: 'year', heading: t('choice.year'), text: (row) => yearOf(row.total) },
            { key: 'reported', heading: t('rollup.reported'), numeric: true, text: (row) => (row.total.reported == null ? '' : inUnit(row.total.reported.fen, unit)), show: (row) => <Amount fen={row.total.reported?.fen} align={2} /> },
            { key: 'derived', heading: t('rollup.derived'), numeric: true, text: (row) => (derivedOf(row.total) === null ? '' : inUnit(row.total.derived.fen, unit)), show: (row) => <Amount fen={derivedOf(row.total)} align={2} title={row.name} lineage={narrowed({ measure, where: inYear(row.total.fiscalYear) }, dimension, { code: row.number })} /> },
            { key: 'share', heading: t('rollup.share'), numeric: true, text: (row) => { const part = row.total.fiscalYear === subject.total.fiscalYear ? share(row.total.derived.fen, whole) : null; return part === null ? '' : `${part}%`; } },
            { key: 'consistent', heading: t('rollup.consistent'), text: (row) => String(row.total.consistent ?? ''), show: (row) => <Consistency value={row.total.consistent} /> },
          ]}
        />
      )}
      <div className="columns">
        <Names name={t('count.departments')} nodes={subject.departments.nodes} />
        <Names name={t('count.projects')} nodes={subject.projects.nodes} />
      </div>
    </>
  );
}

function Names({ name, nodes }: { name: string; nodes: readonly { id: string; name: string }[] }) {
  if (nodes.length === 0) return null;
  return (
    <section className="block" aria-label={name}>
      <header>
        <h2>{name}</h2>
      </header>
      <ul className="plain">
        {nodes.map((node) => (
          <li key={node.id}>
            <NamedLink id={node.id} name={node.name} />
          </li>
        ))}
      </ul>
    </section>
  );
}
