
// Shows /openapi.json, and sends requests of one's own. Everything becomes text, never markup.
"use strict";
const METHODS = ["get", "post", "put", "patch", "delete"];
const main = document.getElementById("main");
let api;

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter(each => each !== undefined));
  return made;
}

// `like this` becomes code.
function prose(name, text) {
  const parts = (text || "").split("`");
  return element(name, {}, ...parts.map((part, i) => i % 2 ? element("code", {}, part) : part));
}

function resolved(node) {
  return node && node.$ref
    ? node.$ref.slice(2).split("/").reduce((at, step) => at[step], api)
    : node || {};
}

// A schema in a few words.
function kind(schema) {
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.enum) return schema.enum.join(" | ");
  if (schema.type === "array") return "list of " + kind(schema.items);
  const bounds = ["minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "default"]
    .filter(each => each in schema).map(each => each + " " + schema[each]);
  return [[schema.type].flat().join(" or ") || "any JSON", schema.format && "(" + schema.format + ")", ...bounds]
    .filter(Boolean).join(" ");
}

// What a value of a schema looks like.
function sample(schema, depth = 0) {
  schema = resolved(schema);
  if (schema.examples) return schema.examples[0];
  if (schema.enum) return schema.enum[0];
  if (depth > 6) return null;
  switch ([schema.type].flat()[0]) {
    case "object": return Object.fromEntries(Object.entries(schema.properties || {})
      .map(([name, each]) => [name, sample(each, depth + 1)]));
    case "array": return [sample(schema.items, depth + 1)];
    case "integer": case "number": return schema.default ?? schema.minimum ?? 0;
    case "boolean": return false;
    case "string": return "…";
    default: return {};
  }
}

function fields(schema) {
  const needed = schema.required || [];
  return element("table", {}, ...Object.entries(schema.properties || {}).map(([name, each]) =>
    element("tr", {},
      element("td", {}, name + (needed.includes(name) ? " *" : "")),
      element("td", {}, kind(each)))));
}

function nested(schema, seen = new Set()) {
  const made = [];
  for (const each of Object.values(schema.properties || {})) {
    const inner = each.items || each.additionalProperties || each;
    if (inner.$ref && !seen.has(inner.$ref)) {
      seen.add(inner.$ref);
      made.push(element("h3", {}, inner.$ref.split("/").pop()), fields(resolved(inner)), ...nested(resolved(inner), seen));
    }
  }
  return made;
}

function scope(operation) {
  return operation["x-scope"] || (operation.security.length === 0 ? "open" : "any key");
}

function answers(operation) {
  return element("table", {}, ...Object.entries(operation.responses).map(([status, each]) => {
    const answer = resolved(each);
    const says = Object.entries(answer.content || {}).map(([type, content]) =>
      type + (content.schema.$ref ? " " + kind(content.schema) : "")).join(", ");
    return element("tr", {}, element("td", {}, status),
      element("td", {}, prose("span", answer.description), element("br"), element("code", {}, says)));
  }));
}

async function send(method, path, parameters, body, out) {
  let address = path;
  const query = new URLSearchParams();
  const headers = {};
  const key = document.getElementById("key").value;
  if (key) headers["X-API-Key"] = key;
  for (const [each, input] of parameters) {
    if (!input.value) continue;
    if (each.in === "path") address = address.replace(`{${each.name}}`, encodeURIComponent(input.value));
    if (each.in === "query") query.set(each.name, input.value);
    if (each.in === "header") headers[each.name] = input.value;
  }
  if (body && body.value) headers["Content-Type"] = "application/json";
  out.textContent = "…";
  try {
    const answer = await fetch(address + (query.size ? "?" + query : ""),
      { method, headers, body: body && body.value ? body.value : undefined });
    out.textContent = `${answer.status} ${answer.headers.get("content-type") || ""}\n\n`;
    const reader = answer.body && answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (let part; reader && !(part = await reader.read()).done;) {
      text += part.value;
      out.append(part.value);
    }
    if (/json\b/.test(answer.headers.get("content-type")) && text) {
      out.textContent = `${answer.status}\n\n` + JSON.stringify(JSON.parse(text), null, 2);
    }
  } catch (trouble) {
    out.append(String(trouble));
  }
}

function trial(method, path, operation, schema) {
  const inputs = (operation.parameters || []).map(each =>
    [each, element("input", { placeholder: (each.schema.examples || [""])[0] })]);
  const body = schema && element("textarea", { spellcheck: false });
  const out = element("pre", { hidden: true });
  const button = element("button", { type: "button" }, "Send");
  button.onclick = () => { out.hidden = false; send(method.toUpperCase(), path, inputs, body, out); };
  return [
    inputs.length ? element("h3", {}, "Parameters") : undefined,
    element("table", {}, ...inputs.map(([each, input]) => element("tr", {},
      element("td", {}, each.name + (each.required ? " *" : "")),
      element("td", {}, prose("span", each.description), element("br"),
        element("code", {}, `${each.in}, ${kind(each.schema)}`)),
      element("td", {}, input)))),
    schema && element("h3", {}, "Body"),
    schema && fields(schema), ...(schema ? nested(schema) : []),
    body, button, out,
  ];
}

function shown(method, path, operation) {
  const taken = operation.requestBody && operation.requestBody.content["application/json"].schema;
  const about = element("div");
  const made = element("details", { className: "operation", id: operation.operationId },
    element("summary", {},
      element("span", { className: "method " + method.toUpperCase() }, method.toUpperCase()),
      element("span", { className: "path" }, path),
      element("span", { className: "about" }, operation.summary + " "),
      element("span", { className: "scope" }, scope(operation))),
    about);
  made.ontoggle = () => {
    if (!made.open || about.hasChildNodes()) return;
    const given = Object.values(operation.responses).map(each =>
      ((resolved(each).content || {})["application/json"] || {}).schema).find(each => each && each.$ref);
    about.append(...[
      prose("p", operation.description),
      ...trial(method, path, operation, taken && resolved(taken)),
      element("h3", {}, "Answers"), answers(operation),
      given && element("h3", {}, kind(given)), given && element("pre", {}, JSON.stringify(sample(given), null, 2)),
    ].filter(Boolean));
    const body = about.querySelector("textarea");
    if (body) body.placeholder = JSON.stringify(sample(taken), null, 2);
  };
  return made;
}

function find(words) {
  for (const section of document.querySelectorAll("section")) {
    let any = false;
    for (const each of section.querySelectorAll("details.operation")) {
      each.hidden = !each.firstChild.textContent.toLowerCase().includes(words.toLowerCase());
      any = any || !each.hidden;
    }
    section.hidden = !any;
  }
}

function show(document_) {
  api = document_;
  main.replaceChildren(prose("p", api.info.description));
  for (const tag of api.tags) {
    const section = element("section", {}, element("h2", {}, tag.name), prose("p", tag.description));
    for (const [path, item] of Object.entries(api.paths)) {
      for (const method of METHODS.filter(each => item[each] && item[each].tags.includes(tag.name))) {
        section.append(shown(method, path, item[method]));
      }
    }
    main.append(section);
  }
  const wanted = location.hash && document.getElementById(location.hash.slice(1));
  if (wanted) { wanted.open = true; wanted.scrollIntoView(); }
}

document.getElementById("find").oninput = event => find(event.target.value);
fetch("/openapi.json").then(answer => answer.json()).then(show).catch(trouble => {
  main.replaceChildren(element("p", {}, "The description cannot be read: " + trouble));
});
