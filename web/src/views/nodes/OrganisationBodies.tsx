import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { nodeAddress, treemapAddress } from '../../app/addresses';
import { useSettings } from '../../app/settings';
import { Amount, UnitNote } from '../../components/figures/Amount';
import { derivedOf, headlineOf, inUnit } from '../../components/figures/money';
import { CoverageNote, RollupTable, yearOf } from '../../components/figures/RollupTable';
import { Trend, UnitTrend } from '../../components/figures/Trend';
import { NamedLink } from '../../components/nodes/NodeLink';
import { SourceButton } from '../../components/sources/SourceDrawer';
import { Answered } from '../../components/states/Answered';
import { DataTable } from '../../components/tables/DataTable';
import { YearSelect } from '../../components/trees/Trees';
import { DepartmentPageDocument, DivisionPageDocument, UnitPageDocument } from '../../graphql/generated/graphql';
import { useAnswer } from '../../graphql/useAnswer';
import { inYear, useYear } from '../useChoice';
import { NodeFrame, type Head } from './NodeFrame';
import { ProjectTable } from './ProjectTable';

/** A sum as its file of comma-separated values holds it, in the unit that is shown; empty where nothing was summed. */
function useExact() {
  const { unit } = useSettings();
  return (total: Parameters<typeof headlineOf>[0]) => {
    const fen = headlineOf(total);
    return fen === null ? '' : inUnit(fen, unit);
  };
}

export function DivisionBody({ head }: { head: Head }) {
  const { t } = useTranslation();
  const exact = useExact();
  const [year, setYear] = useYear();
  const question = { document: DivisionPageDocument, variables: { id: head.id, year } };
  const asked = useAnswer(question);
  return (
    <NodeFrame head={head} question={question} tools={<YearSelect year={year} onChange={setYear} />}>
      <Answered asked={asked}>
        {({ node }) =>
          node?.__typename === 'Division' && (
            <>
              <RollupTable
                name={t('node.totals')}
                rows={[
                  { key: 'revenue', label: t('measure.REVENUE'), rollup: node.revenue },
                  { key: 'expenditure', label: t('measure.EXPENDITURE'), rollup: node.expenditure },
                ]}
              />
              <DataTable
                name={t('count.departments')}
                note={<UnitNote />}
                rows={node.departments.nodes.map((row) => ({ ...row, key: row.id }))}
                columns={[
                  { key: 'name', heading: t('kind.Department'), text: (row) => row.name, show: (row) => <NamedLink id={row.id} name={row.name} code={row.code ?? null} /> },
                  { key: 'years', heading: t('choice.year'), text: (row) => row.fiscalYears.join(' ') },
                  { key: 'year', heading: t('rollup.year'), text: (row) => yearOf(row.expenditure) },
                  { key: 'amount', heading: t('measure.EXPENDITURE'), numeric: true, text: (row) => exact(row.expenditure), show: (row) => <Amount fen={headlineOf(row.expenditure)} align={2} title={row.name} lineage={{ measure: 'EXPENDITURE', where: { ...inYear(row.expenditure.fiscalYear), department: { eq: row.id } } }} /> },
                ]}
              />
            </>
          )
        }
      </Answered>
    </NodeFrame>
  );
}

export function DepartmentBody({ head }: { head: Head }) {
  const { t } = useTranslation();
  const exact = useExact();
  const [year, setYear] = useYear();
  const question = { document: DepartmentPageDocument, variables: { id: head.id, year } };
  const asked = useAnswer(question);
  return (
    <NodeFrame head={head} question={question} tools={<YearSelect year={year} onChange={setYear} />}>
      <Answered asked={asked}>
        {({ node }) =>
          node?.__typename === 'Department' && (
            <>
              <p className="jumps">
                {node.finalAccounts && <Link to={nodeAddress(node.finalAccounts.id)}>{node.finalAccounts.title}</Link>}
                <Link to={treemapAddress({ department: head.id })}>{t('place.treemap')}</Link>
                <Link to={`/explore/flow?${new URLSearchParams({ department: head.id })}`}>{t('place.flow')}</Link>
              </p>
              <RollupTable
                name={t('node.totals')}
                rows={[
                  { key: 'revenue', label: t('measure.REVENUE'), rollup: node.revenue },
                  { key: 'expenditure', label: t('measure.EXPENDITURE'), rollup: node.expenditure },
                  { key: 'appropriation', label: t('measure.APPROPRIATION_EXPENDITURE'), rollup: node.appropriation },
                  { key: 'basic', label: t('measure.BASIC_EXPENDITURE'), rollup: node.basic },
                  { key: 'projects', label: t('measure.PROJECT_EXECUTED'), rollup: node.projectFunds },
                ]}
              />
              <Trend id={head.id} measure="EXPENDITURE" />
              <Trend id={head.id} measure="REVENUE" />
              <DataTable
                name={t('count.units')}
                note={<UnitNote />}
                rows={node.units.nodes.map((row) => ({ ...row, key: row.id }))}
                columns={[
                  { key: 'name', heading: t('kind.Unit'), text: (row) => row.name, show: (row) => <NamedLink id={row.id} name={row.name} code={row.code ?? null} /> },
                  { key: 'rank', heading: t('unit.rank'), text: (row) => (row.isHeadquarters ? t('unit.headquarters') : t('unit.subordinate')) },
                  { key: 'year', heading: t('choice.year'), text: (row) => yearOf(row.executed) },
                  { key: 'executed', heading: t('measure.PROJECT_EXECUTED'), numeric: true, text: (row) => exact(row.executed), show: (row) => <Amount fen={derivedOf(row.executed)} align={2} title={row.name} lineage={{ measure: 'PROJECT_EXECUTED', where: { ...inYear(row.executed.fiscalYear), unit: { eq: row.id } } }} /> },
                  { key: 'coverage', heading: t('rollup.coverage'), text: (row) => `${row.executed.coverage.counted}/${row.executed.coverage.expected}`, show: (row) => <CoverageNote coverage={row.executed.coverage} /> },
                ]}
              />
              <ProjectTable projects={node.projects.nodes} />
              {node.duties.length > 0 && (
                <section className="block prose" aria-label={t('node.duties')}>
                  <header>
                    <h2>{t('node.duties')}</h2>
                  </header>
                  <ol>
                    {node.duties.map((duty) => (
                      <li key={duty}>{duty}</li>
                    ))}
                  </ol>
                </section>
              )}
            </>
          )
        }
      </Answered>
    </NodeFrame>
  );
}

export function UnitBody({ head }: { head: Head }) {
  const { t } = useTranslation();
  const [year, setYear] = useYear();
  const question = { document: UnitPageDocument, variables: { id: head.id, year } };
  const asked = useAnswer(question);
  return (
    <NodeFrame head={head} question={question} tools={<YearSelect year={year} onChange={setYear} />}>
      <Answered asked={asked}>
        {({ node }) =>
          node?.__typename === 'Unit' && (
            <>
              <p className="jumps">
                <span>{node.isHeadquarters ? t('unit.headquarters') : t('unit.subordinate')}</span>
                <SourceButton title={'name' in head ? head.name : head.id} sources={node.sources} />
              </p>
              <RollupTable
                name={t('node.totals')}
                rows={[
                  { key: 'initial', label: t('measure.PROJECT_INITIAL_BUDGET'), rollup: node.initial },
                  { key: 'revised', label: t('measure.PROJECT_REVISED_BUDGET'), rollup: node.revised },
                  { key: 'executed', label: t('measure.PROJECT_EXECUTED'), rollup: node.executed },
                ]}
              />
              <UnitTrend id={head.id} name={'name' in head ? head.name : head.id} measure="PROJECT_EXECUTED" />
              <ProjectTable projects={node.projects.nodes} />
            </>
          )
        }
      </Answered>
    </NodeFrame>
  );
}
