import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

import { keep, recall } from '../app/settings';
import { en } from './en';
import { zh } from './zh';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof zh };
  }
}

export type Language = 'zh' | 'en';

/** Chinese first: English where it was chosen on an earlier visit. */
const initial: Language = recall('language') === 'en' ? 'en' : 'zh';

void i18next.use(initReactI18next).init({
  lng: initial,
  fallbackLng: 'zh',
  resources: { zh: { translation: zh }, en: { translation: en } },
  interpolation: { escapeValue: false }, // React escapes
});
label(initial);

export function speak(language: Language): void {
  keep('language', language);
  label(language);
  void i18next.changeLanguage(language);
}

function label(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}
