import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';

import type { MoneyUnit } from '../graphql/generated/graphql';

export type Theme = 'auto' | 'light' | 'dark';

interface Settings {
  unit: MoneyUnit;
  setUnit: (unit: MoneyUnit) => void;
  theme: Theme;
  setTheme: (theme: Theme) => void;
}

const SettingsContext = createContext<Settings | undefined>(undefined);

/** How figures and pages are shown; kept in this browser. */
export function SettingsProvider({ children }: { children: ReactNode }) {
  const [unit, setUnit] = useKept<MoneyUnit>('unit', 'WAN_YUAN', ['YUAN', 'WAN_YUAN', 'YI_YUAN']);
  const [theme, setTheme] = useKept<Theme>('theme', 'auto', ['auto', 'light', 'dark']);
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  const settings = useMemo(() => ({ unit, setUnit, theme, setTheme }), [unit, theme, setUnit, setTheme]);
  return <SettingsContext value={settings}>{children}</SettingsContext>;
}

export function useSettings(): Settings {
  const settings = useContext(SettingsContext);
  if (settings === undefined) throw new Error('useSettings is called outside of SettingsProvider');
  return settings;
}

function useKept<Value extends string>(name: string, initial: Value, allowed: readonly Value[]) {
  const [value, setValue] = useState<Value>(() => allowed.find((one) => one === recall(name)) ?? initial);
  useEffect(() => keep(name, value), [name, value]);
  return [value, setValue] as const;
}

/** A setting from another visit; null where the browser keeps none. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(`juesuan.${name}`);
  } catch {
    return null;
  }
}

export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`juesuan.${name}`, value);
  } catch {
    // a browser that keeps nothing still works: the choice lasts as long as the page
  }
}
