"use strict";

const LONGEST_COLOURED = 300_000;
const WIDTH = 76;
const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|\b(?:true|false|null)\b/g;
const SUMMARY = "{ dataset { version fiscalYears departments projects indicators figures findings } }";
const words = {
  zh: {
    other: "English", running: "运行中…", failed: "无法连接服务", variables: "变量不是有效的 JSON 对象", took: "毫秒", empty: "自定义查询",
    summary: (set) => `${set.fiscalYears.join("、")} 年 · ${set.departments} 个部门 · ${set.projects} 个项目 · ${set.indicators} 项指标 · ${set.figures} 个数字 · ${set.findings} 项核查发现`,
  },
  en: {
    other: "中文", running: "Running…", failed: "The service cannot be reached", variables: "Variables are not a JSON object", took: "ms", empty: "Your own query",
    summary: (set) => `${set.fiscalYears.join(", ")} · ${set.departments} departments · ${set.projects} projects · ${set.indicators} indicators · ${set.figures} figures · ${set.findings} findings`,
  },
};
const element = (id) => document.getElementById(id);
let language = remembered() === "en" ? "en" : "zh";
let examples = [];
let dataset = null;
let latest = 0;

function remembered() {
  try {
    return localStorage.getItem("language");
  } catch {
    return null; // storage may be forbidden
  }
}

function speak() {
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll("[data-zh]")) node.textContent = node.dataset[language];
  element("language").textContent = words[language].other;
  element("language").lang = language === "zh" ? "en" : "zh";
  element("dataset").textContent = dataset ? words[language].summary(dataset) : "";
  element("dataset").title = dataset ? dataset.version : "";
  const chosen = element("examples").value;
  const title = (example) => `${example.name.slice(0, 2)} ${language === "zh" ? example.chinese : example.english}`;
  element("examples").replaceChildren(
    new Option(words[language].empty, ""),
    ...examples.map((example) => new Option(title(example), example.name)),
  );
  element("examples").value = chosen;
}

function choose(name) {
  const example = examples.find((each) => each.name === name);
  if (!example) return;
  element("examples").value = name;
  element("query").value = example.query;
  element("query").scrollTop = 0;
  element("variables").value = "";
}

function variables() {
  const text = element("variables").value.trim();
  if (!text) return undefined;
  const value = JSON.parse(text);
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new SyntaxError();
  return value;
}

function say(text, isBad = false) {
  element("status").textContent = text;
  element("status").classList.toggle("bad", isBad);
}

function show(answer) {
  const text = printed(answer, "");
  element("result").replaceChildren(...(text.length > LONGEST_COLOURED ? [text] : coloured(text)));
  element("result").scrollTop = 0;
}

/** JSON over several lines, except what fits on one. */
function printed(value, indent) {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const inner = indent + "  ";
  const parts = Array.isArray(value)
    ? value.map((each) => printed(each, inner))
    : Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${printed(each, inner)}`);
  if (!parts.length) return open + close;
  const line = `${open} ${parts.join(", ")} ${close}`;
  if (indent && line.length <= WIDTH - indent.length && !line.includes("\n")) return line;
  return `${open}\n${parts.map((part) => inner + part).join(",\n")}\n${indent}${close}`;
}

function* coloured(text) {
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    yield text.slice(end, match.index);
    const span = document.createElement("span");
    span.className = match[2] ? "key" : match[1] ? "text" : /^[tfn]/.test(match[0]) ? "word" : "number";
    span.textContent = match[0];
    yield span;
    end = match.index + match[0].length;
  }
  yield text.slice(end);
}

async function ask(body) {
  return fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json, application/json" },
    body: JSON.stringify(body),
  });
}

async function run() {
  const own = ++latest; // an answer that a later question has overtaken is not shown
  let given;
  try {
    given = variables();
  } catch {
    say(words[language].variables, true);
    return;
  }
  say(words[language].running);
  const began = performance.now();
  try {
    const reply = await ask({ query: element("query").value, variables: given });
    const answer = await reply.json();
    if (own !== latest) return;
    show(answer);
    say(`${reply.status} · ${Math.round(performance.now() - began)} ${words[language].took}`, "errors" in answer);
  } catch {
    if (own === latest) say(words[language].failed, true);
  }
}

async function begin() {
  speak();
  try {
    examples = await (await fetch("/examples.json")).json();
    speak();
    if (examples.length && !element("query").value) choose(examples[0].name);
    dataset = (await (await ask({ query: SUMMARY })).json()).data?.dataset ?? null;
    speak();
  } catch {
    say(words[language].failed, true);
  }
}

element("run").addEventListener("click", run);
element("examples").addEventListener("change", (event) => choose(event.target.value));
element("query").addEventListener("input", () => (element("examples").value = ""));
element("language").addEventListener("click", () => {
  language = language === "zh" ? "en" : "zh";
  try {
    localStorage.setItem("language", language);
  } catch {
    // then it is forgotten
  }
  speak();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  }
});
begin();
