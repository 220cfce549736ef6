import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { nodeAddress } from '../app/addresses';
import { Highlight } from '../components/search/Highlight';
import { Answered, Nothing } from '../components/states/Answered';
import { downloadCsv } from '../components/tables/csv';
import { ViewFrame } from '../components/ViewFrame';
import { SearchDocument } from '../graphql/generated/graphql';
import type { Hit } from '../components/search/useSuggestions';
import { useAnswer } from '../graphql/useAnswer';
import { useChoice } from './useChoice';

/** Nodes that hold every word, best first, with what kinds there are of them. */
export function SearchView() {
  const { t } = useTranslation();
  const [text, setText] = useChoice('q');
  return (
    <ViewFrame title={text === '' ? t('search.label') : t('search.results', { text })}>
      <SearchForm key={text} text={text} onSubmit={setText} />
      {text === '' ? <Nothing>{t('search.hint')}</Nothing> : <Results text={text} />}
    </ViewFrame>
  );
}

function SearchForm({ text, onSubmit }: { text: string; onSubmit: (text: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit(typed.trim());
  };
  return (
    <form className="filters" onSubmit={submit}>
      <input type="search" aria-label={t('search.again')} value={typed} onChange={(event) => setTyped(event.target.value)} />
      <button type="submit">{t('search.go')}</button>
    </form>
  );
}

function Results({ text }: { text: string }) {
  const { t } = useTranslation();
  const [kind, setKind] = useChoice('kind');
  const [after, setAfter] = useChoice('after');
  const variables = { text, kinds: kind === '' ? null : [kind], after: after || null };
  const asked = useAnswer({ document: SearchDocument, variables });
  return (
    <Answered asked={asked}>
      {({ search }) => (
        <>
          <div className="filters">
            <div className="segments" role="group" aria-label={t('search.kind')}>
              <button type="button" aria-pressed={kind === ''} onClick={() => setKind('')}>
                {t('choice.all')}
              </button>
              {search.facets.map((facet) => (
                <button key={facet.kind} type="button" aria-pressed={kind === facet.kind} onClick={() => setKind(facet.kind)}>
                  {t(`kind.${facet.kind as Hit['node']['__typename']}`)} {facet.count}
                </button>
              ))}
            </div>
            <button type="button" className="quiet" onClick={() => downloadCsv(text, [['id', 'kind', 'name'], ...search.nodes.map((hit) => [hit.node.id, hit.kind, hit.name])])}>
              {t('table.csv')}
            </button>
          </div>
          {search.nodes.length === 0 && <Nothing>{t('search.none')}</Nothing>}
          <ul className="plain hits">
            {search.nodes.map((hit) => (
              <li key={hit.node.id}>
                <Link to={nodeAddress(hit.node.id)} className="node-link">
                  <span className="kind">{t(`kind.${hit.node.__typename}`)}</span>
                  <Highlight html={hit.highlight} />
                </Link>
                {'parentNode' in hit.node && hit.node.parentNode && <span className="aside">{hit.node.parentNode.name}</span>}
              </li>
            ))}
          </ul>
          {search.pageInfo.hasNextPage && (
            <button type="button" onClick={() => setAfter(search.pageInfo.endCursor ?? '')}>
              {t('choice.next')}
            </button>
          )}
        </>
      )}
    </Answered>
  );
}
