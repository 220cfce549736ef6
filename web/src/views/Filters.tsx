import { useTranslation } from 'react-i18next';

import { YearSelect } from '../components/trees/Trees';
import { DepartmentsDocument, type FigureWhere } from '../graphql/generated/graphql';
import { useAnswer } from '../graphql/useAnswer';
import { inYear, useChoice, useYear } from './useChoice';

/** Whose figures and of which year: the filters of every picture, and the `where` that they make. */
export function useScope(): FigureWhere {
  const [year] = useYear();
  const [department] = useChoice('department');
  return {
    ...inYear(year),
    ...(department === '' ? {} : { department: { eq: department } }),
  };
}

export function ScopeFilters() {
  const [year, setYear] = useYear();
  const [department, setDepartment] = useChoice('department');
  return (
    <>
      <DepartmentSelect department={department} onChange={setDepartment} />
      <YearSelect year={year} onChange={setYear} />
    </>
  );
}

export function DepartmentSelect({ department, onChange }: { department: string; onChange: (id: string) => void }) {
  const { t } = useTranslation();
  const asked = useAnswer({ document: DepartmentsDocument, variables: {} });
  const departments = asked.state === 'answered' ? asked.data.departments.nodes : [];
  return (
    <select aria-label={t('kind.Department')} value={department} onChange={(event) => onChange(event.target.value)}>
      <option value="">{t('choice.anyDepartment')}</option>
      {departments.map((one) => (
        <option key={one.id} value={one.id}>
          {one.name}
        </option>
      ))}
    </select>
  );
}
