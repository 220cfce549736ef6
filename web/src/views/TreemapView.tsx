import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { treemapAddress } from '../app/addresses';
import { useSettings } from '../app/settings';
import { Picture } from '../components/charts/Picture';
import { treemap, type Area } from '../components/charts/treemap';
import { Amount, YearAndUnit } from '../components/figures/Amount';
import { byAmount, grouped, inUnit, share } from '../components/figures/money';
import { Caveats } from '../components/figures/RollupTable';
import { narrowed, type Lineage } from '../components/sources/lineage';
import { Answered, Nothing } from '../components/states/Answered';
import { DataTable } from '../components/tables/DataTable';
import { nameOf, NamedLink } from '../components/nodes/NodeLink';
import { ViewFrame } from '../components/ViewFrame';
import { NodeHeadDocument, SubjectSharesDocument, type MoneyUnit, type NodeHeadQuery, type SubjectSharesQuery } from '../graphql/generated/graphql';
import { useAnswer } from '../graphql/useAnswer';
import { ScopeFilters, useScope } from './Filters';
import { inYear, useChoice } from './useChoice';

type Row = SubjectSharesQuery['here']['nodes'][number];
const LEVELS: Record<number, number> = { 0: 1, 3: 2, 5: 3, 7: 3 };
const DEEPEST = 3;

/** A subject tree as areas: a click goes one level down, the codes above the picture lead back up. */
export function TreemapView() {
  const { t } = useTranslation();
  const [classification, setClassification] = useChoice('classification');
  const [at, setAt] = useChoice('at');
  const where = useScope();
  const economic = classification === 'ECONOMIC';
  const level = economic ? (at === '' ? 1 : 2) : (LEVELS[at.length] ?? 1);
  const deepest = economic ? 2 : DEEPEST;
  const filter = at === '' ? {} : economic ? { economicSubject: { under: at } } : { functionalSubject: { under: at } };
  const question = {
    document: SubjectSharesDocument,
    variables: {
      measure: economic ? ('BASIC_EXPENDITURE' as const) : ('EXPENDITURE' as const),
      dimension: economic ? ('ECONOMIC_SUBJECT' as const) : ('FUNCTIONAL_SUBJECT' as const),
      level,
      deeper: Math.min(deepest, level + 1),
      where: { ...where, ...filter },
    },
  };
  const asked = useAnswer(question);
  const choose = (next: string) => setClassification(next === 'ECONOMIC' ? next : '');
  return (
    <ViewFrame title={t('treemap.title')} eyebrow={t(`measure.${question.variables.measure}`)} question={question}>
      <div className="filters">
        <select aria-label={t('tree.classification')} value={classification || 'FUNCTIONAL'} disabled={at !== ''} onChange={(event) => choose(event.target.value)}>
          <option value="FUNCTIONAL">{t('classification.FUNCTIONAL')}</option>
          <option value="ECONOMIC">{t('classification.ECONOMIC')}</option>
        </select>
        <ScopeFilters />
      </div>
      <Crumbs at={at} economic={economic} onPick={setAt} />
      <Answered asked={asked}>{(data) => <Shares data={data} lineage={{ measure: question.variables.measure, where: { ...where, ...inYear(data.here.grandTotal.fiscalYear) } }} nested={level < question.variables.deeper} at={at} economic={economic} onPick={setAt} />}</Answered>
    </ViewFrame>
  );
}

function Crumbs({ at, economic, onPick }: { at: string; economic: boolean; onPick: (code: string) => void }) {
  const { t } = useTranslation();
  const asked = useAnswer({ document: NodeHeadDocument, variables: { id: `subject:${economic ? 'ECONOMIC' : 'FUNCTIONAL'}/${at}` } });
  const names = asked.state === 'answered' ? namesOf(asked.data) : new Map<string, string>();
  const codes = [3, 5, 7].map((length) => at.slice(0, length)).filter((code, place, all) => code !== '' && all.indexOf(code) === place);
  return (
    <nav className="trail" aria-label={t('treemap.way')}>
      <ol>
        <li>
          <button type="button" className="quiet" onClick={() => onPick('')} disabled={at === ''}>
            {t(economic ? 'classification.ECONOMIC' : 'classification.FUNCTIONAL')}
          </button>
        </li>
        {codes.map((code) => (
          <li key={code}>
            <button type="button" className="quiet" onClick={() => onPick(code)} disabled={code === at}>
              <span className="code">{code}</span> {names.get(code)}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** The names of a subject and of those above it, by their codes. */
function namesOf({ node }: NodeHeadQuery): Map<string, string> {
  const way = node?.__typename === 'Subject' ? [...node.ancestorNodes, node] : [];
  return new Map(way.flatMap((one) => ('code' in one && one.code != null ? [[one.code, nameOf(one)]] : [])));
}

interface SharesProps {
  data: SubjectSharesQuery;
  lineage: Lineage;
  nested: boolean;
  at: string;
  economic: boolean;
  onPick: (code: string) => void;
}

function Shares({ data, lineage, nested, at, economic, onPick }: SharesProps) {
  const { t } = useTranslation();
  const { unit } = useSettings();
  const whole = data.here.grandTotal.derived.fen;
  const rows = data.here.nodes.filter((row) => row.rollup.derived.fen !== '0').toSorted((a, b) => byAmount(a.rollup.derived.fen, b.rollup.derived.fen));
  if (rows.length === 0) return <Nothing>{t('state.empty')}</Nothing>;
  const areas = rows.map((row) => area(row, whole, unit, nested ? data.below.nodes : []));
  return (
    <>
      <Picture
        name={t('treemap.picture', { year: data.here.grandTotal.fiscalYear ?? '', amount: grouped(inUnit(whole, unit)), unit: t(`unit.${unit}`) })}
        description={t('treemap.description')}
        key_={JSON.stringify(areas)}
        option={() => treemap(areas)}
        onPick={(code) => onPick(code)}
      />
      <DataTable
        name={t('treemap.table')}
        note={<YearAndUnit year={data.here.grandTotal.fiscalYear} />}
        foot={<Caveats totals={[{ label: t('treemap.table'), rollup: data.here.grandTotal }]} />}
        rows={areas.map((one) => ({ ...one, key: one.id }))}
        columns={[
          { key: 'code', heading: t('kind.Subject'), text: (row) => `${row.code} ${row.name}`, show: (row) => (row.code === at ? `${row.code} ${row.name}` : <Link className="node-link" to={treemapAddress({ ...(economic ? { classification: 'ECONOMIC' } : {}), at: row.code })}><span className="code">{row.code}</span> {row.name}</Link>) },
          { key: 'amount', heading: t('rollup.derived'), numeric: true, text: (row) => inUnit(row.fen, unit), show: (row) => <Amount fen={row.fen} align={2} title={`${row.code} ${row.name}`} lineage={narrowed(lineage, economic ? 'ECONOMIC_SUBJECT' : 'FUNCTIONAL_SUBJECT', { code: row.code })} /> },
          { key: 'share', heading: t('rollup.share'), numeric: true, text: (row) => (row.share === null ? '' : `${row.share}%`) },
          { key: 'node', heading: t('treemap.page'), text: (row) => row.nodeId ?? '', show: (row) => (row.nodeId === null ? null : <NamedLink id={row.nodeId} name={t('treemap.open')} />) },
        ]}
      />
    </>
  );
}

function area(row: Row, whole: string, unit: MoneyUnit, below: readonly { keys: Row['keys']; rollup: { derived: { fen: string } } }[]): Area & { nodeId: string | null } {
  const [key] = row.keys;
  const code = key?.code ?? '';
  const { fen } = row.rollup.derived;
  const within = below.filter((one) => one.keys[0]?.code?.startsWith(code) && one.rollup.derived.fen !== '0' && one.keys[0].code !== code);
  return {
    id: code,
    code,
    name: key?.name ?? '',
    nodeId: key?.node?.id ?? null,
    fen,
    amount: grouped(inUnit(fen, unit)),
    share: share(fen, whole),
    within: within.map((one) => inner(one.keys[0], one.rollup.derived.fen, whole, unit)),
  };
}

function inner(key: Row['keys'][number] | undefined, fen: string, whole: string, unit: MoneyUnit): Area {
  const code = key?.code ?? '';
  return { id: code, code, name: key?.name ?? '', fen, amount: grouped(inUnit(fen, unit)), share: share(fen, whole), within: [] };
}
