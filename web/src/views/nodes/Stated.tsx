import { useTranslation } from 'react-i18next';

import { useSettings } from '../../app/settings';
import { Amount, UnitNote } from '../../components/figures/Amount';
import { grouped, inUnit } from '../../components/figures/money';
import { NamedLink } from '../../components/nodes/NodeLink';
import { SourceButton } from '../../components/sources/SourceDrawer';
import { Answered } from '../../components/states/Answered';
import { DataTable } from '../../components/tables/DataTable';
import { StatedPageDocument, type SourcePartsFragment, type StatedPageQuery } from '../../graphql/generated/graphql';
import { useAnswer } from '../../graphql/useAnswer';

type Accounts = Extract<NonNullable<StatedPageQuery['node']>, { __typename: 'FinalAccounts' }>;

/** What the text states beside the tables: running costs, procurement, assets, counts, every number of it, terms and words. */
export function Stated({ id }: { id: string }) {
  const asked = useAnswer({ document: StatedPageDocument, variables: { id } });
  return (
    <Answered asked={asked}>
      {({ node }) =>
        node?.__typename === 'FinalAccounts' && (
          <>
            <Costs accounts={node} />
            <Facts accounts={node} />
            <Terms accounts={node} />
            <Narratives accounts={node} />
          </>
        )
      }
    </Answered>
  );
}

interface Cost {
  key: string;
  label: string;
  fen?: string | undefined;
  text: string;
  source?: SourcePartsFragment;
}

/** Money and counts of procurement, running costs and assets; what is not stated is not listed. */
function Costs({ accounts }: { accounts: Accounts }) {
  const { t } = useTranslation();
  const { unit } = useSettings();
  const { procurement, stateAssets, threePublicExpenses } = accounts;
  const money = (key: string, label: string, given: { fen: string } | null | undefined): Cost[] => (given == null ? [] : [{ key, label, fen: given.fen, text: inUnit(given.fen, unit) }]);
  const plain = (key: string, label: string, value: string | number | null | undefined, after = ''): Cost[] => (value == null ? [] : [{ key, label, text: `${grouped(String(value))}${after}` }]);
  const rows = [
    ...money('operating', t('measure.AGENCY_OPERATING'), accounts.agencyOperatingExpenses),
    ...money('operatingChange', `${t('measure.AGENCY_OPERATING')} · ${t('accounts.change')}`, accounts.agencyOperatingExpensesChange),
    ...plain('operatingPercent', `${t('measure.AGENCY_OPERATING')} · ${t('accounts.changePercent')}`, accounts.agencyOperatingExpensesChangePercent, '%'),
    ...money('procurement', t('measure.PROCUREMENT'), procurement?.total),
    ...money('goods', t('measure.PROCUREMENT_GOODS'), procurement?.goods),
    ...money('works', t('measure.PROCUREMENT_WORKS'), procurement?.works),
    ...money('services', t('measure.PROCUREMENT_SERVICES'), procurement?.services),
    ...money('medium', t('measure.PROCUREMENT_FROM_SMALL_AND_MEDIUM'), procurement?.toSmallAndMediumEnterprises),
    ...plain('mediumPercent', `${t('measure.PROCUREMENT_FROM_SMALL_AND_MEDIUM')} · ${t('rollup.share')}`, procurement?.smallAndMediumPercent, '%'),
    ...money('micro', t('measure.PROCUREMENT_FROM_MICRO_AND_SMALL'), procurement?.toMicroAndSmallEnterprises),
    ...plain('microPercent', `${t('measure.PROCUREMENT_FROM_MICRO_AND_SMALL')} · ${t('rollup.share')}`, procurement?.microAndSmallPercent, '%'),
    ...plain('vehicles', t('measure.VEHICLES'), stateAssets?.vehicles),
    ...plain('equipment', t('measure.EQUIPMENT'), stateAssets?.equipmentOverOneMillionYuan),
    ...[...(stateAssets?.vehiclesByUse ?? []), ...(threePublicExpenses?.counts ?? [])].map(({ name, count, unit: counted, source }, place): Cost => ({ key: `count ${place}`, label: name, text: `${grouped(String(count))} ${counted}`, source })),
  ];
  if (rows.length === 0) return null;
  return (
    <DataTable
      name={t('stated.costs')}
      anchor="costs"
      note={<UnitNote />}
      rows={rows}
      columns={[
        { key: 'label', heading: t('rollup.measure'), text: (row) => row.label },
        { key: 'value', heading: t('rollup.reported'), numeric: true, text: (row) => row.text, show: (row) => (row.fen === undefined ? row.text : <Amount fen={row.fen} align={2} />) },
        { key: 'source', heading: t('source.short'), text: (row) => String(row.source?.line ?? ''), show: (row) => row.source && <SourceButton title={row.label} sources={[row.source]} /> },
      ]}
    />
  );
}

/** Every number of the text, as it is printed, with what it is of and where it stands. */
function Facts({ accounts: { facts } }: { accounts: Accounts }) {
  const { t } = useTranslation();
  if (facts.nodes.length === 0) return null;
  return (
    <DataTable
      name={t('stated.facts')}
      anchor="facts"
      note={<span className="aside">{t('reading.some', { count: facts.totalCount, shown: facts.nodes.length })}</span>}
      rows={facts.nodes.map((row, place) => ({ ...row, key: String(place) }))}
      columns={[
        { key: 'topic', heading: t('stated.topic'), text: (row) => t(`topic.${row.topic}`) },
        { key: 'label', heading: t('accounts.item'), text: (row) => row.label },
        { key: 'role', heading: t('stated.role'), text: (row) => t(`role.${row.role}`) },
        { key: 'text', heading: t('accounts.text'), numeric: true, text: (row) => row.text },
        { key: 'source', heading: t('source.short'), text: (row) => String(row.source.line ?? ''), show: (row) => <SourceButton title={row.label} sources={[row.source]} /> },
      ]}
    />
  );
}

function Terms({ accounts: { terms } }: { accounts: Accounts }) {
  const { t } = useTranslation();
  if (terms.nodes.length === 0) return null;
  return (
    <DataTable
      name={t('kind.Term')}
      anchor="terms"
      rows={terms.nodes.map((row) => ({ ...row, key: row.id }))}
      columns={[
        { key: 'term', heading: t('kind.Term'), text: (row) => row.term, show: (row) => <NamedLink id={row.id} name={row.term} /> },
        { key: 'definition', heading: t('link.DEFINES.backward'), text: (row) => row.definition ?? '', show: (row) => row.definition ?? <span className="none">{t('term.withoutDefinition')}</span> },
      ]}
    />
  );
}

/** The document's words, as far as they are held; words of ours in their place say that they are. */
function Narratives({ accounts: { narratives } }: { accounts: Accounts }) {
  const { t } = useTranslation();
  if (narratives.nodes.length === 0) return null;
  return (
    <DataTable
      name={t('stated.words')}
      anchor="words"
      note={<span className="aside">{t('reading.some', { count: narratives.totalCount, shown: narratives.nodes.length })}</span>}
      rows={narratives.nodes.map((row, place) => ({ ...row, key: String(place) }))}
      columns={[
        { key: 'kind', heading: t('stated.topic'), text: (row) => t(`narrative.${row.kind}`) },
        { key: 'text', heading: t('reading.text'), text: (row) => row.text, show: (row) => (row.origin === 'SUMMARISED' ? <><span className="mark">{t('stated.summarised')}</span> {row.text}</> : row.text) },
        { key: 'source', heading: t('source.short'), text: (row) => String(row.source.line ?? ''), show: (row) => <SourceButton title={t(`narrative.${row.kind}`)} sources={[row.source]} /> },
      ]}
    />
  );
}
