import { useTranslation } from 'react-i18next';

import { NodeLink } from '../components/nodes/NodeLink';
import { NodeCombobox } from '../components/search/NodeCombobox';
import { Answered, Nothing } from '../components/states/Answered';
import { ViewFrame } from '../components/ViewFrame';
import { PathDocument, type NodeNameFragment, type PathQuery } from '../graphql/generated/graphql';
import { useAnswer } from '../graphql/useAnswer';
import { downloadCsv } from '../components/tables/csv';
import { useChoice } from './useChoice';

/** A shortest way between two nodes, edge by edge. */
export function PathView() {
  const { t } = useTranslation();
  const [from, setFrom] = useChoice('from');
  const [to, setTo] = useChoice('to');
  const chosen = from !== '' && to !== '';
  const question = { document: PathDocument, variables: { from, to } };
  return (
    <ViewFrame title={t('place.path')} eyebrow={t('path.eyebrow')} {...(chosen ? { question } : {})}>
      <div className="filters">
        <NodeCombobox label={t('path.from')} placeholder={from || t('path.from')} onPick={(hit) => setFrom(hit.node.id)} />
        <NodeCombobox label={t('path.to')} placeholder={to || t('path.to')} onPick={(hit) => setTo(hit.node.id)} />
      </div>
      {chosen ? <Way question={question} /> : <Nothing>{t('path.hint')}</Nothing>}
    </ViewFrame>
  );
}

function Way({ question }: { question: { document: typeof PathDocument; variables: { from: string; to: string } } }) {
  const { t } = useTranslation();
  const asked = useAnswer(question);
  return (
    <Answered asked={asked}>
      {({ from, to, path }) => {
        if (from == null || to == null) return <Nothing>{t('state.notFound')}</Nothing>;
        if (path == null) return <Nothing>{t('path.none')}</Nothing>;
        return <Steps from={from} path={path} />;
      }}
    </Answered>
  );
}

function Steps({ from, path }: { from: NodeNameFragment; path: NonNullable<PathQuery['path']> }) {
  const { t } = useTranslation();
  const save = () => downloadCsv(t('place.path'), [['kind', 'forward', 'id'], ['', '', from.id], ...path.map((step) => [step.kind, String(step.forward), step.node.id])]);
  return (
    <>
      <ol className="steps">
        <li>
          <NodeLink node={from} kind />
        </li>
        {path.map((step) => (
          <li key={step.node.id}>
            <span className="edge">{t(`link.${step.kind}.${step.forward ? 'forward' : 'backward'}`)}</span>
            <NodeLink node={step.node} kind />
          </li>
        ))}
      </ol>
      <button type="button" className="quiet" onClick={save}>
        {t('table.csv')}
      </button>
    </>
  );
}
