import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

import { keep, recall } from '../app/settings';
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
  resources: { zh: { translation: zh } },
  interpolation: { escapeValue: false }, // React escapes
});
await learn(initial);
label(initial);

export async function speak(language: Language): Promise<void> {
  await learn(language);
  keep('language', language);
  label(language);
  await i18next.changeLanguage(language);
}

/** English is loaded when it is first spoken: most who come read Chinese. */
async function learn(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) i18next.addResourceBundle(language, 'translation', (await import('./en')).en);
}

function label(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}
