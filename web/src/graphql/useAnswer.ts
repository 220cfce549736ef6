import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useFreshness } from '../app/freshness';
import { ask, type AnswerError, type Question } from './client';

/** Where a question stands: every view shows each of these. */
export type Asked<Result> =
  | { state: 'loading' }
  | { state: 'failed'; error: AnswerError; retry: () => void }
  | { state: 'answered'; data: Result };

/** The answer to a question; asked anew when its variables or the language change or the dataset is replaced. */
export function useAnswer<Result, Variables>(question: Question<Result, Variables>): Asked<Result> {
  const { epoch } = useFreshness();
  const { i18n } = useTranslation();
  const [attempt, setAttempt] = useState(0);
  const key = `${question.document.toString()} ${JSON.stringify(question.variables)} ${epoch} ${attempt} ${i18n.language}`;
  const [held, setHeld] = useState<{ key: string; asked: Asked<Result> }>({ key: '', asked: { state: 'loading' } });
  const retry = useCallback(() => setAttempt((count) => count + 1), []);

  useEffect(() => {
    let current = true;
    ask(question).then(
      (data) => current && setHeld({ key, asked: { state: 'answered', data } }),
      (error: AnswerError) => current && setHeld({ key, asked: { state: 'failed', error, retry } }),
    );
    return () => {
      current = false;
    };
    // the key stands for the question: its identity changes with every render
  }, [key]);

  return held.key === key ? held.asked : { state: 'loading' };
}
