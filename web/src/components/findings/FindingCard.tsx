import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { nodeAddress } from '../../app/addresses';
import type { FindingPartsFragment } from '../../graphql/generated/graphql';
import { grouped } from '../figures/money';
import { NamedLink, NodeLink } from '../nodes/NodeLink';
import { SourceButton } from '../sources/SourceDrawer';

const SHOWN = 3;

/** A contradiction: its rule, both numbers, what it concerns, and where each number stands. */
export function FindingCard({ finding, concerns = true }: { finding: FindingPartsFragment; concerns?: boolean }) {
  const { t } = useTranslation();
  const { title } = finding.check;
  return (
    <article className={`finding ${finding.severity.toLowerCase()}`}>
      <header>
        <span className="severity">{t(`severity.${finding.severity}`)}</span>
        <Link to={nodeAddress(finding.id)} title={finding.check.rule}>
          {title}
        </Link>
        <span className="code">{finding.check.id}</span>
      </header>
      <p className="aside">
        {finding.finalAccounts.fiscalYear} <NamedLink id={finding.finalAccounts.department.id} name={finding.finalAccounts.department.name} /> · {t('work.materiality')}: {t(`materiality.${finding.materiality.level}`)}
        {finding.group !== finding.id && (
          <>
            {' · '}
            <Link to={nodeAddress(finding.group)}>{t('finding.sameCause')}</Link>
          </>
        )}
      </p>
      <p className="message">{finding.message}</p>
      <p className="aside">
        {[finding.check.basis, finding.suggestion].filter(Boolean).join(' ')}
      </p>
      {finding.conclusion && (
        <p className="aside">
          {[
            t('finding.concluded', { kind: t(`conclusion.${finding.conclusion.kind}`) }),
            finding.conclusion.note,
            finding.conclusion.name,
            finding.conclusion.date,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
      <Numbers finding={finding} />
      <footer>
        {concerns && finding.node && <NodeLink node={finding.node} kind />}
        <span className="places">
          {finding.sources.slice(0, SHOWN).map((source, place) => (
            <SourceButton key={place} title={title} sources={[source, ...finding.sources.filter((one) => one !== source)]} />
          ))}
          {finding.sources.length > SHOWN && <span className="aside">{t('finding.moreSources', { count: finding.sources.length - SHOWN })}</span>}
        </span>
      </footer>
    </article>
  );
}

/** The units in which documents print what is compared; any other stands as it is printed. */
const PRINTED: Record<string, 'unit.YUAN' | 'unit.QIAN_YUAN' | 'unit.WAN_YUAN' | 'unit.YI_YUAN' | 'finding.points' | 'finding.people'> = { 元: 'unit.YUAN', 千元: 'unit.QIAN_YUAN', 万元: 'unit.WAN_YUAN', 亿元: 'unit.YI_YUAN', 分: 'finding.points', 人: 'finding.people' };

function Numbers({ finding }: { finding: FindingPartsFragment }) {
  const { t } = useTranslation();
  const numbers = [
    [t('rollup.reported'), finding.reported],
    [t('rollup.derived'), finding.derived],
    [t('rollup.difference'), finding.difference],
    [t('finding.tolerance'), finding.tolerance],
  ] as const;
  const printed = PRINTED[finding.unit ?? ''];
  const unit = printed === undefined ? finding.unit : t(printed);
  const known = numbers.filter(([, value]) => value != null);
  if (known.length === 0) return null;
  return (
    <dl className="numbers">
      {known.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="number">
            {grouped(value ?? '')} <small>{unit}</small>
          </dd>
        </div>
      ))}
    </dl>
  );
}
