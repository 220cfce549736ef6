import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { FigurePartsFragment, SourcePartsFragment } from '../../graphql/generated/graphql';
import { FigureSource, Place } from './Place';

interface Shown {
  title: string;
  figures: readonly FigurePartsFragment[];
  sources: readonly SourcePartsFragment[];
  /** What of the lines is meant, as it is printed. */
  mark?: string;
  failure?: string;
}

const SourcesContext = createContext<{ show: (shown: Shown) => void }>({ show: () => undefined });

export const useSources = () => useContext(SourcesContext);

/** Holds the drawer that says where in the documents the figures stand. */
export function SourcesProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Shown>();
  const opener = useRef<Element | null>(null);
  const show = useCallback((next: Shown) => {
    opener.current = document.activeElement;
    setShown(next);
  }, []);
  const close = useCallback(() => {
    setShown(undefined);
    if (opener.current instanceof HTMLElement) opener.current.focus();
  }, []);
  const context = useMemo(() => ({ show }), [show]);
  return (
    <SourcesContext value={context}>
      {children}
      {shown !== undefined && <Drawer shown={shown} close={close} />}
    </SourcesContext>
  );
}

function Drawer({ shown, close }: { shown: Shown; close: () => void }) {
  const { t } = useTranslation();
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    panel.current?.focus();
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && close();
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [shown, close]);
  return (
    <div className="drawer" role="dialog" aria-label={t('source.title')} tabIndex={-1} ref={panel}>
      <div className="head">
        <div>
          <p className="eyebrow">{t('source.title')}</p>
          <h2>{shown.title}</h2>
        </div>
        <button type="button" className="quiet" onClick={close}>
          {t('source.close')}
        </button>
      </div>
      {shown.failure !== undefined && <p role="alert">{shown.failure}</p>}
      {shown.figures.length + shown.sources.length === 0 && <p className="empty">{t('state.empty')}</p>}
      <ol>
        {shown.figures.map((figure) => (
          <li key={figure.id}>
            <FigureSource figure={figure} onFollow={close} />
          </li>
        ))}
        {shown.sources.map((source, place) => (
          <li key={place}>
            <Place source={source} mark={shown.mark} onFollow={close} />
          </li>
        ))}
      </ol>
    </div>
  );
}

/** A link-like button that opens the drawer: for what is no amount. */
export function SourceButton({ title, sources }: { title: string; sources: readonly SourcePartsFragment[] }) {
  const { t } = useTranslation();
  const { show } = useSources();
  const first = sources[0];
  if (first === undefined) return null;
  const line = first.line == null ? t('source.short') : t('source.lineNumber', { line: first.line });
  const label = first.page == null ? line : `${t('source.pageNumber', { page: first.page })} ${line}`;
  return (
    <button type="button" className="place sourced" aria-label={`${t('source.open')}: ${title}, ${label}`} onClick={() => show({ title, figures: [], sources })}>
      {label}
    </button>
  );
}
