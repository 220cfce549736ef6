import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { AnswerError } from '../../graphql/client';
import type { Asked } from '../../graphql/useAnswer';

/** What a question has come to: waiting, refused with a way to ask again, or its answer. */
export function Answered<Result>({ asked, children }: { asked: Asked<Result>; children: (data: Result) => ReactNode }) {
  if (asked.state === 'loading') return <Loading />;
  if (asked.state === 'failed') return <Failed error={asked.error} retry={asked.retry} />;
  return children(asked.data);
}

export function Loading() {
  const { t } = useTranslation();
  return (
    <p className="loading" role="status">
      {t('state.loading')}
    </p>
  );
}

export function Failed({ error, retry }: { error: AnswerError; retry: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="failed" role="alert">
      <p>{error.code === 'NETWORK' ? t('state.unreachable') : t('state.failed')}</p>
      <p className="detail">
        <code>{error.code}</code> {error.message}
      </p>
      <button type="button" onClick={retry}>
        {t('state.retry')}
      </button>
    </div>
  );
}

export function Nothing({ children }: { children: ReactNode }) {
  return <p className="empty">{children}</p>;
}
