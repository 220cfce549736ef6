import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { QuestionPanel, type Shown } from './questions/QuestionPanel';

interface Props {
  title: string;
  eyebrow?: ReactNode;
  trail?: ReactNode;
  tools?: ReactNode;
  question?: Shown;
  children: ReactNode;
}

/** A view: its heading, its tools, the question that made it, and its content. */
export function ViewFrame({ title, eyebrow, trail, tools, question, children }: Props) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [title, t]);
  return (
    <article className="view">
      {trail}
      <header className="view-head">
        <div>
          {eyebrow && <p className="eyebrow">{eyebrow}</p>}
          <h1>{title}</h1>
        </div>
        <div className="tools">
          {tools}
          {question && (
            <button type="button" className="quiet" aria-expanded={asking} onClick={() => setAsking(!asking)}>
              {t('question.show')}
            </button>
          )}
          <button type="button" className="quiet print" onClick={() => window.print()}>
            {t('view.print')}
          </button>
        </div>
      </header>
      {asking && question && <QuestionPanel question={question} />}
      {children}
    </article>
  );
}
