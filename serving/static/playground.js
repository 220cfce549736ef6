"use strict";

const element = (id) => document.getElementById(id);
const words = {
  zh: { other: "English", running: "运行中…", failed: "无法连接服务", variables: "变量不是有效的 JSON", took: "毫秒", empty: "自定义" },
  en: { other: "中文", running: "Running…", failed: "The service cannot be reached", variables: "Variables are not valid JSON", took: "ms", empty: "Your own" },
};
let language = localStorage.getItem("language") === "en" ? "en" : "zh";
let examples = [];

function speak() {
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll("[data-zh]")) node.textContent = node.dataset[language];
  element("language").textContent = words[language].other;
  element("language").lang = language === "zh" ? "en" : "zh";
  const chosen = element("examples").value;
  const title = (example) => (language === "zh" ? example.chinese : example.english);
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
  element("variables").value = "";
}

function variables() {
  const text = element("variables").value.trim();
  return text ? JSON.parse(text) : undefined;
}

async function run() {
  let given;
  try {
    given = variables();
  } catch {
    element("status").textContent = words[language].variables;
    return;
  }
  element("status").textContent = words[language].running;
  const began = performance.now();
  try {
    const reply = await fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/graphql-response+json, application/json" },
      body: JSON.stringify({ query: element("query").value, variables: given }),
    });
    element("result").textContent = JSON.stringify(await reply.json(), null, 2);
    element("status").textContent = `${reply.status} · ${Math.round(performance.now() - began)} ${words[language].took}`;
  } catch {
    element("status").textContent = words[language].failed;
  }
}

element("run").addEventListener("click", run);
element("examples").addEventListener("change", (event) => choose(event.target.value));
element("language").addEventListener("click", () => {
  language = language === "zh" ? "en" : "zh";
  localStorage.setItem("language", language);
  speak();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  }
});
fetch("/examples.json")
  .then((reply) => reply.json())
  .then((found) => {
    examples = found;
    speak();
    if (examples.length && !element("query").value) choose(examples[0].name);
  });
speak();
