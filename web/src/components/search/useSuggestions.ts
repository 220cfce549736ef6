import { useEffect, useState } from 'react';

import { ask } from '../../graphql/client';
import { SearchDocument, type SearchQuery } from '../../graphql/generated/graphql';

export type Hit = SearchQuery['search']['nodes'][number];

const PAUSE = 120;
const SHOWN = 10;

/** The best hits for what is being typed; none while nothing is. */
export function useSuggestions(text: string): readonly Hit[] {
  const [held, setHeld] = useState<{ text: string; hits: readonly Hit[] }>({ text: '', hits: [] });
  const wanted = text.trim();
  useEffect(() => {
    if (wanted === '') return undefined;
    let current = true;
    const timer = setTimeout(() => {
      ask({ document: SearchDocument, variables: { text: wanted, first: SHOWN } }).then(
        ({ search }) => current && setHeld({ text: wanted, hits: search.nodes }),
        () => current && setHeld({ text: wanted, hits: [] }), // suggestions are a courtesy: the search itself says what failed
      );
    }, PAUSE);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [wanted]);
  return wanted === '' ? [] : held.hits;
}
