import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { ideAddress } from '../../app/addresses';

export interface Shown {
  document: { toString(): string };
  variables: unknown;
}

/** The GraphQL question that made a view: to read, to copy, to open in the IDE. */
export function QuestionPanel({ question }: { question: Shown }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const query = spaced(question.document.toString());
  const variables = JSON.stringify(question.variables, null, 2);
  const copy = () => navigator.clipboard.writeText(query).then(() => setCopied(true), () => setCopied(false));
  return (
    <section className="question" aria-label={t('question.title')}>
      <header>
        <button type="button" onClick={() => void copy()}>
          {copied ? t('question.copied') : t('question.copy')}
        </button>
        <a className="button" href={ideAddress(query, question.variables)}>
          {t('question.open')}
        </a>
      </header>
      <pre tabIndex={0} aria-label={t('question.query')}>{query}</pre>
      <pre tabIndex={0} aria-label={t('question.variables')}>{variables}</pre>
    </section>
  );
}

/** A blank line before each fragment: the generator prints them one after the other. */
function spaced(query: string): string {
  return query.trim().replace(/\n\s*(?=fragment )/g, '\n\n');
}
