import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';

import { App } from './app/App';
import { FreshnessProvider } from './app/freshness';
import { SettingsProvider } from './app/settings';
import './app/styles/index.css';
import { SourcesProvider } from './components/sources/SourceDrawer';
import './i18n';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html holds no element "root"');

createRoot(root).render(
  <StrictMode>
    <BrowserRouter>
      <SettingsProvider>
        <FreshnessProvider>
          <SourcesProvider>
            <App />
          </SourcesProvider>
        </FreshnessProvider>
      </SettingsProvider>
    </BrowserRouter>
  </StrictMode>,
);
