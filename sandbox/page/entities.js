// Texts with Telegram's entities as elements. Offsets count UTF-16 units, as JavaScript's do.
import { make } from "./dom.js";
import { reachable } from "./api.js";

export function formatted(text, entities, onCommand) {
  const ordered = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const fragment = document.createDocumentFragment();
  fragment.append(...pieces(text, 0, text.length, ordered, onCommand));
  return fragment;
}

function pieces(text, from, to, entities, onCommand) {
  const nodes = [];
  let at = from;
  let rest = entities;
  while (rest.length) {
    const [entity, ...others] = rest;
    const end = Math.min(entity.offset + entity.length, to);
    if (entity.offset > at) nodes.push(text.slice(at, entity.offset));
    const inner = others.filter((other) => other.offset < end);
    const content = pieces(text, entity.offset, end, inner, onCommand);
    nodes.push(element(entity, text.slice(entity.offset, end), content, onCommand));
    // a block ends its line by itself
    at = BLOCKS.has(entity.type) && text[end] === "\n" ? end + 1 : end;
    rest = others.filter((other) => other.offset >= end);
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

function element(entity, raw, content, onCommand) {
  if (TAGS[entity.type]) return make(TAGS[entity.type], {}, ...content);
  switch (entity.type) {
    case "text_link": return link(entity.url, content);
    case "url": return link(/^\w+:\/\//.test(raw) ? raw : `http://${raw}`, content);
    case "email": return link(`mailto:${raw}`, content);
    case "phone_number": return link(`tel:${raw}`, content);
    case "spoiler": {
      const hidden = make("span", { class: "spoiler", title: "Show" }, ...content);
      hidden.addEventListener("click", () => hidden.classList.add("shown"));
      return hidden;
    }
    case "bot_command":
      return make("button", { class: "command", type: "button", onclick: () => onCommand(raw) }, ...content);
    default: return make("span", {}, ...content);
  }
}

function link(address, content) {
  if (/^\s*(javascript|data):/i.test(address)) return make("span", {}, ...content);
  return make("a", { href: reachable(address), target: "_blank", rel: "noopener" }, ...content);
}
