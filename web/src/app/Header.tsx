import { useTranslation } from 'react-i18next';
import { Link, NavLink, useNavigate } from 'react-router';

import { NodeCombobox } from '../components/search/NodeCombobox';
import type { MoneyUnit } from '../graphql/generated/graphql';
import { speak } from '../i18n';
import { nodeAddress, searchAddress } from './addresses';
import { useSettings, type Theme } from './settings';

const PLACES = ['table', 'treemap', 'flow', 'compare', 'findings', 'path'] as const;
const UNITS: MoneyUnit[] = ['WAN_YUAN', 'YUAN', 'YI_YUAN'];
const THEMES: Theme[] = ['auto', 'light', 'dark'];

export function Header() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const { unit, setUnit, theme, setTheme } = useSettings();
  const other = i18n.language === 'zh' ? 'en' : 'zh';
  return (
    <header className="top">
      <Link className="brand" to="/">
        <span>决算</span> <small>Juesuan</small>
      </Link>
      <NodeCombobox
        label={t('search.label')}
        placeholder={t('search.placeholder')}
        onPick={(hit) => void navigate(nodeAddress(hit.node.id))}
        onSubmit={(text) => void navigate(searchAddress(text))}
      />
      <nav aria-label={t('app.views')}>
        {PLACES.map((place) => (
          <NavLink key={place} to={`/explore/${place}`}>
            {t(`place.${place}`)}
          </NavLink>
        ))}
        <a href="/graphql">GraphQL</a>
      </nav>
      <div className="choices">
        <select aria-label={t('choice.unit')} value={unit} onChange={(event) => setUnit(UNITS.find((one) => one === event.target.value) ?? 'WAN_YUAN')}>
          {UNITS.map((one) => (
            <option key={one} value={one}>
              {t(`unit.${one}`)}
            </option>
          ))}
        </select>
        <select aria-label={t('choice.theme')} value={theme} onChange={(event) => setTheme(THEMES.find((one) => one === event.target.value) ?? 'auto')}>
          {THEMES.map((one) => (
            <option key={one} value={one}>
              {t(`theme.${one}`)}
            </option>
          ))}
        </select>
        <button type="button" className="quiet" lang={other} onClick={() => void speak(other)}>
          {other === 'en' ? 'English' : '中文'}
        </button>
      </div>
    </header>
  );
}
