import { useTranslation } from 'react-i18next';

import { SaveConclusions } from '../components/findings/Conclusions';
import { FindingCard } from '../components/findings/FindingCard';
import { nameOf } from '../components/nodes/NodeLink';
import { Answered, Nothing } from '../components/states/Answered';
import { downloadCsv } from '../components/tables/csv';
import { ViewFrame } from '../components/ViewFrame';
import { FindingFiltersDocument, FindingListDocument, type FindingPartsFragment, type Severity } from '../graphql/generated/graphql';
import { useAnswer } from '../graphql/useAnswer';
import { useChoice } from './useChoice';

const SEVERITIES: Severity[] = ['ERROR', 'WARNING', 'INFO'];

/** Everything that the checks found, by severity, check and department. */
export function FindingsView() {
  const { t } = useTranslation();
  const [severityText, setSeverity] = useChoice('severity');
  const [check, setCheck] = useChoice('check');
  const [department, setDepartment] = useChoice('department');
  const [after, setAfter] = useChoice('after');
  const severity = SEVERITIES.find((one) => one === severityText) ?? null;
  const question = {
    document: FindingListDocument,
    variables: { severity, check: check || null, department: department || null, after: after || null },
  };
  const asked = useAnswer(question);
  const findings = asked.state === 'answered' ? asked.data.findings.nodes : [];
  const tools = (
    <>
      <SaveConclusions />
      <a href="/digest">{t('finding.first')}</a>
      <button type="button" className="quiet" onClick={() => saveFindings(t('place.findings'), findings)}>
        {t('table.csv')}
      </button>
    </>
  );
  return (
    <ViewFrame title={t('place.findings')} eyebrow={t('finding.eyebrow')} question={question} tools={tools}>
      <div className="filters">
        <div className="segments" role="group" aria-label={t('finding.severity')}>
          {([null, ...SEVERITIES] as const).map((one) => (
            <button key={one ?? 'all'} type="button" aria-pressed={severity === one} onClick={() => setSeverity(one ?? '')}>
              {one === null ? t('choice.all') : t(`severity.${one}`)}
            </button>
          ))}
        </div>
        <Filters check={check} setCheck={setCheck} department={department} setDepartment={setDepartment} />
      </div>
      <Answered asked={asked}>
        {({ findings: { nodes, totalCount, pageInfo } }) =>
          nodes.length === 0 ? (
            <Nothing>{t('finding.none')}</Nothing>
          ) : (
            <>
              <p className="aside" role="status">
                {t('finding.count', { count: totalCount })}
              </p>
              <div className="cards wide">
                {nodes.map((finding) => (
                  <FindingCard key={finding.id} finding={finding} />
                ))}
              </div>
              {pageInfo.hasNextPage && (
                <button type="button" onClick={() => setAfter(pageInfo.endCursor ?? '')}>
                  {t('choice.next')}
                </button>
              )}
            </>
          )
        }
      </Answered>
    </ViewFrame>
  );
}

interface FilterProps {
  check: string;
  setCheck: (id: string) => void;
  department: string;
  setDepartment: (id: string) => void;
}

function Filters({ check, setCheck, department, setDepartment }: FilterProps) {
  const { t, i18n } = useTranslation();
  const asked = useAnswer({ document: FindingFiltersDocument, variables: {} });
  const { checks, departments } = asked.state === 'answered' ? asked.data : { checks: [], departments: { nodes: [] } };
  return (
    <>
      <select aria-label={t('kind.Check')} value={check} onChange={(event) => setCheck(event.target.value)}>
        <option value="">{t('finding.anyCheck')}</option>
        {checks.map((one) => (
          <option key={one.id} value={one.id}>
            {i18n.language === 'zh' ? `${one.title} ${one.id}` : one.id}
          </option>
        ))}
      </select>
      <select aria-label={t('kind.Department')} value={department} onChange={(event) => setDepartment(event.target.value)}>
        <option value="">{t('choice.anyDepartment')}</option>
        {departments.nodes.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
    </>
  );
}

function saveFindings(name: string, findings: readonly FindingPartsFragment[]): void {
  const heading = ['id', 'severity', 'check', 'message', 'reported', 'derived', 'difference', 'tolerance', 'unit', 'node', 'name', 'lines'];
  downloadCsv(name, [
    heading,
    ...findings.map((one) => [
      one.id,
      one.severity,
      one.check.id,
      one.message,
      one.reported ?? '',
      one.derived ?? '',
      one.difference ?? '',
      one.tolerance ?? '',
      one.unit ?? '',
      one.node?.id ?? '',
      one.node ? nameOf(one.node) : '',
      one.sources.map((source) => source.line ?? '').join(' '),
    ]),
  ]);
}
