import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearchParams } from 'react-router';

import { useFreshness } from '../app/freshness';
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
      <OnPaper />
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

/** The head of a printed page: of which scope, of which version of the dataset, and when it was printed. */
function OnPaper() {
  const { t, i18n } = useTranslation();
  const { version = '' } = useFreshness();
  const { pathname } = useLocation();
  const [parameters] = useSearchParams();
  const scope = [...parameters].filter(([name]) => name !== 'year' && name !== 'after').map(([name, value]) => `${name}=${value}`);
  const year = parameters.get('year');
  return (
    <p className="on-paper">
      {t('app.name')} · {year === null ? t('choice.anyYear') : `${t('choice.year')} ${year}`} · {decodeURIComponent(pathname)} {scope.join(' ')} · {t('home.version', { version: version.slice(0, 12) })} · {new Date().toLocaleDateString(i18n.language === 'zh' ? 'zh-CN' : 'en-GB')}
    </p>
  );
}
