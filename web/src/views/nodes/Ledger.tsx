import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { nodeAddress } from '../../app/addresses';
import { Answered } from '../../components/states/Answered';
import { DataTable } from '../../components/tables/DataTable';
import { CheckLedgerDocument } from '../../graphql/generated/graphql';
import { useAnswer } from '../../graphql/useAnswer';

/** How every check ended over one account: what was not run never counts as passed. */
export function Ledger({ id }: { id: string }) {
  const { t } = useTranslation();
  const asked = useAnswer({ document: CheckLedgerDocument, variables: { id } });
  return (
    <Answered asked={asked}>
      {({ node }) =>
        node?.__typename === 'FinalAccounts' && (
          <DataTable
            name={t('ledger.title')}
            note={t('ledger.summary', { ...node.checks })}
            rows={node.checks.entries.map((entry) => ({ ...entry, key: entry.check.id }))}
            columns={[
              { key: 'check', heading: t('kind.Check'), text: (row) => row.check.title, show: (row) => <span title={row.check.rule}>{row.check.title}</span> },
              { key: 'outcome', heading: t('ledger.outcome'), text: (row) => t(`checkOutcome.${row.outcome}`), show: (row) => <span className={`mark ${row.outcome === 'PASSED' ? 'good' : row.outcome === 'FAILED' ? 'bad' : 'unknown'}`}>{t(`checkOutcome.${row.outcome}`)}</span> },
              {
                key: 'findings',
                heading: t('count.findings'),
                text: (row) => row.findings.map((finding) => finding.id).join(' '),
                show: (row) =>
                  row.findings.map((finding, place) => (
                    <Link key={finding.id} className="mark bad" to={nodeAddress(finding.id)}>
                      {place + 1}
                    </Link>
                  )),
              },
              { key: 'reason', heading: t('ledger.reason'), text: (row) => row.reason ?? '' },
            ]}
          />
        )
      }
    </Answered>
  );
}
