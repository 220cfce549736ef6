import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { ask } from '../../graphql/client';
import {
  DivisionsDocument,
  NodeHeadDocument,
  SubjectCategoriesDocument,
  YearsDocument,
  type Classification,
  type Measure,
} from '../../graphql/generated/graphql';
import { useAnswer } from '../../graphql/useAnswer';
import { UnitNote } from '../figures/Amount';
import { useYear } from '../../views/useChoice';
import { TreeView } from './TreeView';
import { useTree, type Tree } from './useTree';

const MEASURES: Record<Classification, Measure> = {
  FUNCTIONAL: 'EXPENDITURE',
  ECONOMIC: 'BASIC_EXPENDITURE',
  REVENUE: 'REVENUE',
};

const REVEALED = new Set(['Division', 'Department', 'Unit', 'Project', 'Indicator', 'Subject']);

/** The two hierarchies, side by side: who spends, and on what. */
export function Trees({ current }: { current: string | undefined }) {
  const { t } = useTranslation();
  const [year, setYear] = useYear();
  const [classification, setClassification] = useState<Classification>('FUNCTIONAL');
  const measure = MEASURES[classification];
  const organisation = useTree({
    key: `organisation ${year}`,
    year,
    measure: 'EXPENDITURE',
    roots: async (after) => (await ask({ document: DivisionsDocument, variables: { year, after } })).divisions,
  });
  const subjects = useTree({
    key: `${classification} ${year}`,
    year,
    measure,
    roots: async (after) =>
      (await ask({ document: SubjectCategoriesDocument, variables: { classification, year, measure, after } })).subjects,
  });
  useReveal(current, organisation, subjects);
  return (
    <nav className="trees" aria-label={t('tree.both')}>
      <section>
        <header>
          <h2>{t('tree.organisation')}</h2>
          <YearSelect year={year} onChange={setYear} />
          <span className="tree-heading">
            {t('tree.organisationAmount')} <UnitNote />
          </span>
        </header>
        <TreeView tree={organisation} label={t('tree.organisation')} current={current} />
      </section>
      <section>
        <header>
          <h2>{t('tree.subjects')}</h2>
          <select aria-label={t('tree.classification')} value={classification} onChange={(event) => setClassification(event.target.value === 'ECONOMIC' ? 'ECONOMIC' : 'FUNCTIONAL')}>
            <option value="FUNCTIONAL">{t('classification.FUNCTIONAL')}</option>
            <option value="ECONOMIC">{t('classification.ECONOMIC')}</option>
          </select>
          <span className="tree-heading">
            {t(`measure.${measure}`)} <UnitNote />
          </span>
        </header>
        <TreeView tree={subjects} label={t('tree.subjects')} current={current} />
      </section>
    </nav>
  );
}

/** Opens the way to the node that is shown, in whichever tree it stands. */
function useReveal(current: string | undefined, ...trees: Tree[]): void {
  useEffect(() => {
    if (current === undefined) return;
    ask({ document: NodeHeadDocument, variables: { id: current } }).then(
      ({ node }) => {
        if (node == null || !('ancestorNodes' in node) || !REVEALED.has(node.__typename)) return;
        trees[node.__typename === 'Subject' ? 1 : 0]?.reveal(node.ancestorNodes.map((ancestor) => ancestor.id));
      },
      () => undefined, // the node's page says what failed
    );
    // the trees are new objects with every render; only another node is revealed
  }, [current]);
}

/** A fiscal year, or none: a total then is of the latest that has figures, and says which; a list (`every`) is of all. */
export function YearSelect({ year, onChange, every = false }: { year: number | null; onChange: (year: number | null) => void; every?: boolean }) {
  const { t } = useTranslation();
  const asked = useAnswer({ document: YearsDocument, variables: {} });
  const years = asked.state === 'answered' ? asked.data.dataset.fiscalYears : [];
  return (
    <select aria-label={t('choice.year')} value={year ?? ''} onChange={(event) => onChange(event.target.value === '' ? null : Number(event.target.value))}>
      <option value="">{t(every ? 'choice.everyYear' : 'choice.anyYear')}</option>
      {years.map((one) => (
        <option key={one} value={one}>
          {one}
        </option>
      ))}
    </select>
  );
}
