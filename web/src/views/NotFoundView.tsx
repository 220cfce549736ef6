import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { ViewFrame } from '../components/ViewFrame';

export function NotFoundView({ id }: { id?: string }) {
  const { t } = useTranslation();
  return (
    <ViewFrame title={t('state.notFound')}>
      {id !== undefined && (
        <p>
          <code>{id}</code>
        </p>
      )}
      <p>{t('state.notFoundHint')}</p>
      <Link to="/">{t('state.home')}</Link>
    </ViewFrame>
  );
}
