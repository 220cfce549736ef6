import { useTranslation } from 'react-i18next';

import { SourceButton } from '../../components/sources/SourceDrawer';
import { Answered } from '../../components/states/Answered';
import { NamedLink } from '../../components/nodes/NodeLink';
import { Block, DataTable } from '../../components/tables/DataTable';
import { ReadingPageDocument, type ReadingPageQuery, type ReadingStatus } from '../../graphql/generated/graphql';
import { useAnswer } from '../../graphql/useAnswer';

type Accounts = Extract<NonNullable<ReadingPageQuery['node']>, { __typename: 'FinalAccounts' }>;

const MARKS: Record<ReadingStatus, string> = { READ: 'good', IN_PART: 'unknown', NOT_READ: 'bad', ABSENT: 'bad' };

/** How far the account was read: its files, each table with its status, and every place that was not understood. */
export function Reading({ id }: { id: string }) {
  const { i18n } = useTranslation();
  const language = i18n.language.startsWith('en') ? 'EN' : 'ZH';
  const asked = useAnswer({ document: ReadingPageDocument, variables: { id, language } });
  return <Answered asked={asked}>{({ node }) => node?.__typename === 'FinalAccounts' && <State accounts={node} />}</Answered>;
}

function State({ accounts }: { accounts: Accounts }) {
  const { t } = useTranslation();
  const { reading, documents } = accounts;
  return (
    <>
      <Block name={t('reading.title')} anchor="reading" tools={<Status value={reading.status} />}>
        <p>
          {t(`accountKind.${accounts.kind}`)} · {t('reading.summary', { numbers: reading.numbers, gaps: reading.gaps.totalCount, leftOver: reading.leftOver })}
        </p>
        <p className="jumps">
          {documents.map((document) => (
            <NamedLink key={document.id} id={document.id} name={document.fileName} />
          ))}
        </p>
      </Block>
      {reading.gaps.totalCount > 0 && <Gaps accounts={accounts} />}
      {reading.tables.length > 0 && <Tables accounts={accounts} />}
    </>
  );
}

function Status({ value }: { value: ReadingStatus }) {
  const { t } = useTranslation();
  return <span className={`mark ${MARKS[value]}`}>{t(`readingStatus.${value}`)}</span>;
}

function Tables({ accounts }: { accounts: Accounts }) {
  const { t } = useTranslation();
  return (
    <DataTable
      name={t('reading.tables')}
      rows={accounts.reading.tables.map((row, place) => ({ ...row, key: String(place) }))}
      columns={[
        { key: 'title', heading: t('reading.item'), text: (row) => row.title },
        { key: 'status', heading: t('reading.status'), text: (row) => t(`readingStatus.${row.status}`), show: (row) => <Status value={row.status} /> },
        { key: 'figures', heading: t('reading.figures'), numeric: true, text: (row) => String(row.figures) },
        { key: 'numbers', heading: t('reading.numbers'), numeric: true, text: (row) => String(row.numbers) },
        { key: 'leftOver', heading: t('reading.leftOver'), numeric: true, text: (row) => String(row.leftOver) },
        { key: 'reason', heading: t('reading.reason'), text: (row) => row.reason ?? '' },
        { key: 'source', heading: t('source.short'), text: (row) => String(row.source?.line ?? ''), show: (row) => row.source && <SourceButton title={row.title} sources={[row.source]} /> },
      ]}
    />
  );
}

function Gaps({ accounts }: { accounts: Accounts }) {
  const { t } = useTranslation();
  const { nodes, totalCount } = accounts.reading.gaps;
  return (
    <DataTable
      name={t('reading.gaps')}
      note={nodes.length < totalCount ? t('reading.some', { shown: nodes.length, count: totalCount }) : undefined}
      rows={nodes.map((row, place) => ({ ...row, key: String(place) }))}
      columns={[
        { key: 'text', heading: t('reading.text'), text: (row) => row.text, show: (row) => <q>{row.text}</q> },
        { key: 'reason', heading: t('reading.reason'), text: (row) => row.reason },
        { key: 'expected', heading: t('reading.expected'), text: (row) => row.expected },
        { key: 'section', heading: t('reading.section'), text: (row) => row.source.section ?? '' },
        { key: 'source', heading: t('source.short'), text: (row) => String(row.source.line ?? ''), show: (row) => <SourceButton title={row.text || t('reading.gaps')} sources={[row.source]} /> },
      ]}
    />
  );
}
