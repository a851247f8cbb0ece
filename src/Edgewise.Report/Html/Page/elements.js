// Elements are made of text, never of markup: whatever a source file or a function is called stays text.
function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

function link(hash, className, ...children) {
  const made = element("a", className, ...children);
  made.href = hash;
  return made;
}

function button(className, label, action, title) {
  const made = element("button", className, label);
  made.type = "button";
  made.addEventListener("click", action);
  if (title) made.title = title;
  return made;
}

// Characters that are not seen, or that turn the direction of what is: shown by their number.
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

// Appends text with hidden characters made visible, and found pieces marked.
function appendText(parent, text, marked) {
  let start = 0;
  const pieces = [];
  for (const match of text.matchAll(HIDDEN)) {
    pieces.push([match.index, match.index + 1, "hidden", "U+" + match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")]);
  }
  for (const [from, to] of marked ?? []) pieces.push([from, to, "found", null]);
  pieces.sort((a, b) => a[0] - b[0]);
  for (const [from, to, className, shown] of pieces) {
    if (from < start) continue;
    parent.append(text.slice(start, from), element(className === "found" ? "mark" : "span", className, shown ?? text.slice(from, to)));
    start = to;
  }
  parent.append(text.slice(start));
  return parent;
}

// A name that may be broken behind its separators.
function breakable(parent, name) {
  for (const part of name.split(/(?<=[\/.:<,+])/)) {
    appendText(parent, part);
    parent.append(document.createElement("wbr"));
  }
  return parent;
}
