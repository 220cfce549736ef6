import 'graphiql/setup-workers/vite';
import { explorerPlugin } from '@graphiql/plugin-explorer';
import '@graphiql/plugin-explorer/style.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import 'graphiql/style.css';
import { createRoot } from 'react-dom/client';

import { recall } from '../app/settings';
import './graphiql.css';
import { asTabs, asked, fetchExamples } from './tabs';

const root = document.getElementById('root');
if (root === null) throw new Error('graphql.html holds no element "root"');

const language = recall('language') === 'en' ? 'en' : 'zh';
const given = asked(location.hash);
const examples = await fetchExamples();
const tabs = asTabs(given, examples, language);
document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN';

/** Nothing of an earlier visit: the examples, or the question that a view sent here, open every time. */
class Forgetful implements Storage {
  private kept = new Map<string, string>();
  get length() {
    return this.kept.size;
  }
  clear = () => this.kept.clear();
  getItem = (key: string) => this.kept.get(key) ?? null;
  key = (place: number) => [...this.kept.keys()][place] ?? null;
  removeItem = (key: string) => void this.kept.delete(key);
  setItem = (key: string, value: string) => void this.kept.set(key, value);
}

createRoot(root).render(
  <GraphiQL
    fetcher={createGraphiQLFetcher({ url: '/graphql' })}
    storage={new Forgetful()}
    plugins={[explorerPlugin({ showAttribution: false })]}
    defaultTabs={tabs}
    {...(given?.variables === undefined ? {} : { initialVariables: given.variables })}
    defaultEditorToolsVisibility="variables"
  >
    <GraphiQL.Logo>
      <a href="/" className="brand">
        <span>决算</span> <small>{language === 'en' ? 'back to the explorer' : '返回浏览'}</small>
      </a>
    </GraphiQL.Logo>
  </GraphiQL>,
);
