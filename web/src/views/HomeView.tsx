import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { findingsAddress } from '../app/addresses';
import { FindingCard } from '../components/findings/FindingCard';
import { NamedLink } from '../components/nodes/NodeLink';
import { Answered } from '../components/states/Answered';
import { ViewFrame } from '../components/ViewFrame';
import { OverviewDocument, type OverviewQuery } from '../graphql/generated/graphql';
import { useAnswer } from '../graphql/useAnswer';

const COUNTS = ['divisions', 'departments', 'units', 'projects', 'indicators', 'subjects', 'figures', 'findings'] as const;

/** What is served, and the worst of what was found in it; the two trees stand beneath. */
export function HomeView() {
  const { t } = useTranslation();
  const question = { document: OverviewDocument, variables: {} };
  const asked = useAnswer(question);
  return (
    <ViewFrame title={t('home.title')} eyebrow={t('home.eyebrow')} question={question}>
      <Answered asked={asked}>{(data) => <Overview data={data} />}</Answered>
    </ViewFrame>
  );
}

function Overview({ data: { dataset, worst } }: { data: OverviewQuery }) {
  const { t } = useTranslation();
  return (
    <>
      <dl className="counts">
        {COUNTS.map((count) => (
          <div key={count}>
            <dt>{t(`count.${count}`)}</dt>
            <dd className="number">{dataset[count]}</dd>
          </div>
        ))}
      </dl>
        <section className="block" aria-label={t('home.documents')}>
          <header>
            <h2>{t('home.documents')}</h2>
            <span className="code" title={dataset.version}>
              {t('home.version', { version: dataset.version.slice(0, 12) })}
            </span>
          </header>
          <ul className="plain row">
            {dataset.documents.nodes.map((document) => (
              <li key={document.id}>
                <NamedLink id={document.finalAccounts.id} name={document.title} code={String(document.fiscalYear)} />
                <span className="aside">{t('home.numbers', { count: document.numbers })}</span>
              </li>
            ))}
          </ul>
        </section>
        <section className="block" aria-label={t('home.worst')}>
          <header>
            <h2>{t('home.worst')}</h2>
            <Link to={findingsAddress({})}>{t('home.allFindings', { count: dataset.findings })}</Link>
          </header>
          <div className="cards three">
            {worst.nodes.slice(0, 3).map((finding) => (
              <FindingCard key={finding.id} finding={finding} />
            ))}
          </div>
        </section>
    </>
  );
}
