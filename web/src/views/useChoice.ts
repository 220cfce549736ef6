import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

import type { FigureWhere } from '../graphql/generated/graphql';

/** One choice of a view, kept in its address so that it can be shared: empty where none is made. */
export function useChoice(name: string): [string, (value: string) => void] {
  const [parameters, setParameters] = useSearchParams();
  const choose = useCallback(
    (value: string) =>
      setParameters((before) => {
        const after = new URLSearchParams(before);
        if (value === '') after.delete(name);
        else after.set(name, value);
        return after;
      }),
    [name, setParameters],
  );
  return [parameters.get(name) ?? '', choose];
}

/** The fiscal year of a view; null where none is chosen. */
export function useYear(): [number | null, (year: number | null) => void] {
  const [text, choose] = useChoice('year');
  const year = /^\d{4}$/.test(text) ? Number(text) : null;
  return [year, useCallback((next: number | null) => choose(next === null ? '' : String(next)), [choose])];
}

/** The filter of the year that is chosen or that an answer names; none where there is none. */
export const inYear = (year: number | null | undefined): FigureWhere => (year == null ? {} : { fiscalYear: { eq: year } });
