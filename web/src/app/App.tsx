import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { NavigationType, Route, Routes, useLocation, useNavigate, useNavigationType } from 'react-router';

import { Loading } from '../components/states/Answered';
import { Trees } from '../components/trees/Trees';
import { HomeView } from '../views/HomeView';
import { NotFoundView } from '../views/NotFoundView';
import { useFreshness } from './freshness';
import { Header } from './Header';

// the home is there at once; whatever else is opened is loaded then, and pictures bring ECharts with them
const NodeView = lazy(() => import('../views/NodeView').then(({ NodeView }) => ({ default: NodeView })));
const ReaderView = lazy(() => import('../views/ReaderView').then(({ ReaderView }) => ({ default: ReaderView })));
const TreemapView = lazy(() => import('../views/TreemapView').then(({ TreemapView }) => ({ default: TreemapView })));
const FlowView = lazy(() => import('../views/FlowView').then(({ FlowView }) => ({ default: FlowView })));
const CompareView = lazy(() => import('../views/CompareView').then(({ CompareView }) => ({ default: CompareView })));
const WorktablesView = lazy(() => import('../views/WorktablesView').then(({ WorktablesView }) => ({ default: WorktablesView })));
const FindingsView = lazy(() => import('../views/FindingsView').then(({ FindingsView }) => ({ default: FindingsView })));
const SearchView = lazy(() => import('../views/SearchView').then(({ SearchView }) => ({ default: SearchView })));
const PathView = lazy(() => import('../views/PathView').then(({ PathView }) => ({ default: PathView })));
const GuideView = lazy(() => import('../views/GuideView').then(({ GuideView }) => ({ default: GuideView })));

export function App() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  useCarriedYear();
  const home = pathname === '/' || pathname.replace(/\/$/, '') === '/explore';
  return (
    <>
      <a className="skip" href="#main">
        {t('app.skip')}
      </a>
      <Header />
      <Stale />
      <div className={home ? 'body home' : 'body'}>
        <Trees current={shownNode(pathname)} />
        <main id="main" tabIndex={-1}>
          <Suspense fallback={<Loading />}>
            <Routes>
              <Route path="/" element={<HomeView />} />
              <Route path="/explore" element={<HomeView />} />
              <Route path="/explore/node/*" element={<NodeView />} />
              <Route path="/explore/document/*" element={<ReaderView />} />
              <Route path="/explore/treemap" element={<TreemapView />} />
              <Route path="/explore/flow" element={<FlowView />} />
              <Route path="/explore/compare" element={<CompareView />} />
              <Route path="/explore/table/:name?" element={<WorktablesView />} />
              <Route path="/explore/guide" element={<GuideView />} />
              <Route path="/explore/findings" element={<FindingsView />} />
              <Route path="/explore/search" element={<SearchView />} />
              <Route path="/explore/path" element={<PathView />} />
              <Route path="*" element={<NotFoundView />} />
            </Routes>
          </Suspense>
        </main>
      </div>
    </>
  );
}

/** Says that the dataset was replaced, and shows the new one when asked to. */
function Stale() {
  const { t } = useTranslation();
  const { stale, renew } = useFreshness();
  if (!stale) return null;
  return (
    <div className="stale" role="status">
      {t('state.stale')}{' '}
      <button type="button" onClick={renew}>
        {t('state.renew')}
      </button>
    </div>
  );
}

/** Pages of one scope: what they show is of the year in their address. */
const SCOPED = /^\/explore\/(?:node\/(?:division|department|unit|subject):|treemap|flow|compare|table)/;

/** The year that was chosen goes along to the next page of a scope, unless the way there names one itself. */
function useCarriedYear(): void {
  const { pathname, search, hash } = useLocation();
  const navigate = useNavigate();
  const came = useNavigationType();
  const last = useRef<{ pathname: string; year: string | null }>({ pathname, year: null });
  useEffect(() => {
    if (!SCOPED.test(pathname)) return;
    const parameters = new URLSearchParams(search);
    const { pathname: before, year } = last.current;
    const carried = parameters.get('year') ?? (came === NavigationType.Push && before !== pathname ? year : null);
    last.current = { pathname, year: carried };
    if (carried === null || carried === parameters.get('year')) return;
    parameters.set('year', carried);
    void navigate({ pathname, search: `?${parameters}`, hash }, { replace: true });
  }, [pathname, search, hash, came, navigate]);
}

function shownNode(pathname: string): string | undefined {
  const prefix = '/explore/node/';
  return pathname.startsWith(prefix) ? decodeURIComponent(pathname.slice(prefix.length)) : undefined;
}
