import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';

import { askAgain, forget } from '../graphql/client';
import { DatasetVersionDocument } from '../graphql/generated/graphql';

interface Freshness {
  /** Grows each time the views are asked anew. */
  epoch: number;
  /** The dataset that is served is no longer the one that the views show. */
  stale: boolean;
  /** The version that the views show; undefined until it is known. */
  version: string | undefined;
  renew: () => void;
}

const EVERY = 60_000;
const FreshnessContext = createContext<Freshness>({ epoch: 0, stale: false, version: undefined, renew: () => undefined });

/** Watches the version of the dataset: each minute and whenever the page is looked at again. */
export function FreshnessProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<string>();
  const [served, setServed] = useState<string>();
  const [epoch, setEpoch] = useState(0);

  const look = useCallback(() => {
    askAgain({ document: DatasetVersionDocument, variables: {} }).then(
      ({ dataset }) => {
        setServed(dataset.version);
        setShown((before) => before ?? dataset.version);
      },
      () => undefined, // a view that fails says so itself
    );
  }, []);

  useEffect(() => {
    look();
    const timer = setInterval(look, EVERY);
    const onVisible = () => document.visibilityState === 'visible' && look();
    document.addEventListener('visibilitychange', onVisible);
    window.addEventListener('focus', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onVisible);
      window.removeEventListener('focus', look);
    };
  }, [look]);

  const renew = useCallback(() => {
    forget();
    setShown(served);
    setEpoch((count) => count + 1);
  }, [served]);

  const freshness = useMemo(() => ({ epoch, stale: shown !== served, version: shown, renew }), [epoch, shown, served, renew]);
  return <FreshnessContext value={freshness}>{children}</FreshnessContext>;
}

export const useFreshness = () => useContext(FreshnessContext);
