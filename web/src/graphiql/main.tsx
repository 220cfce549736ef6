import 'graphiql/setup-workers/vite';
import { explorerPlugin } from '@graphiql/plugin-explorer';
import '@graphiql/plugin-explorer/style.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import 'graphiql/style.css';
import { createRoot } from 'react-dom/client';

import { recall } from '../app/settings';
import './graphiql.css';
import { fieldsPanel, Permalink, PlainChinese, questionsPanel, resultsPanel, wordsOf } from './panels';
import { asked, fetchExamples } from './tabs';

const root = document.getElementById('root');
if (root === null) throw new Error('graphql.html holds no element "root"');

const language = recall('language') === 'en' ? 'en' : 'zh';
const words = wordsOf(language);
const given = asked(location.hash);
const examples = await fetchExamples();
const questions = questionsPanel(examples, words, language);
document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN';

// tabs, history and widths are kept by GraphiQL on this device alone; a question that was sent here gets a tab of its own
createRoot(root).render(
  <GraphiQL
    fetcher={createGraphiQLFetcher({ url: '/graphql' })}
    plugins={[questions, resultsPanel(words), fieldsPanel(words), HISTORY_PLUGIN, explorerPlugin({ showAttribution: false })]}
    {...(given === null ? { visiblePlugin: questions } : { initialQuery: given.query, initialVariables: given.variables ?? '{}' })}
    defaultTabs={[given ?? { query: examples[0]?.query ?? '' }]}
    defaultEditorToolsVisibility="variables"
  >
    <GraphiQL.Logo>
      <a href="/" className="brand">
        <span>决算</span> <small>{words.back}</small>
      </a>
      <PlainChinese />
    </GraphiQL.Logo>
    <GraphiQL.Toolbar>
      {({ prettify, copy, merge }) => (
        <>
          {prettify}
          {merge}
          {copy}
          <Permalink words={words} />
        </>
      )}
    </GraphiQL.Toolbar>
  </GraphiQL>,
);
