// What keys do; the same table is what "?" shows.
const KEYS = [
  ["/", "Go to a function or file by name (f and Ctrl+K, too)"],
  ["g", "Go to a line"],
  ["Ctrl+F", "Find in this file; on a table, filter it (s, too)"],
  ["n Shift+N", "Next, previous stretch that did not run or ran partly"],
  ["] [", "Next, previous function"],
  ["c Shift+C", "Next, previous change, where two runs are compared"],
  ["↑ ↓ j k Enter", "Move in a table, open"],
  ["← →", "Fold, unfold a folder"],
  ["o", "Functions of this file, or back to its source"],
  ["u", "Up: from a file to all files"],
  ["t", "Light or dark"],
  ["Esc", "Close"],
];

function showKeys() {
  const dialog = element("dialog", "help"), list = element("dl", "");
  for (const [key, meaning] of KEYS) list.append(element("dt", "", ...key.split(" ").map((part) => element("kbd", "", part))), element("dd", "", meaning));
  const legend = element("p", "legend");
  for (const state of [3, 2, 1, 4]) legend.append(element("span", "s" + state, element("span", "mark", MARKS[state]), " " + STATES[state]));
  dialog.append(element("h2", "", "Keys"), list, element("h2", "", "Lines"), legend, element("p", "faint", "A line without a mark has no coverage point of its own."), button("", "Close", () => dialog.close()));
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.body.append(dialog);
  dialog.showModal();
}

function onKey(event, app) {
  if (event.key === "Tab") document.documentElement.dataset.keys = "";
  const current = app.current ?? {};
  const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  const withControl = event.ctrlKey || event.metaKey;
  if (document.querySelector("dialog[open]") || event.altKey) return;
  if (withControl && event.key === "f" && current.find) return take(event, current.find);
  if (withControl && event.key === "k") return take(event, () => app.palette());
  if (event.key === "Escape") {
    if (isTyping && event.target.className === "filter") return take(event, () => current.scroller?.focus());
    return void current.close?.();
  }
  if (isTyping && event.key === "ArrowDown" && event.target.className === "filter") return take(event, () => current.scroller?.focus());
  if (withControl || isTyping) return;
  const action = {
    "/": () => app.palette(),
    f: () => app.palette(),
    g: current.lines && (() => app.palette(":")),
    s: current.find,
    n: current.next && (() => current.next(1)),
    N: current.next && (() => current.next(-1)),
    "]": current.neighbour && (() => current.neighbour(1)),
    "[": current.neighbour && (() => current.neighbour(-1)),
    c: current.change && (() => current.change(1)),
    C: current.change && (() => current.change(-1)),
    ArrowDown: current.move && (() => current.move(1)),
    ArrowUp: current.move && (() => current.move(-1)),
    j: current.move && (() => current.move(1)),
    k: current.move && (() => current.move(-1)),
    ArrowRight: current.unfold && (() => current.unfold(true)),
    ArrowLeft: current.unfold && (() => current.unfold(false)),
    Enter: current.open && !/^(A|BUTTON|SUMMARY)$/.test(event.target.tagName) && current.open,
    o: app.other,
    u: () => { location.hash = "#/"; },
    t: app.theme,
    "?": showKeys,
  }[event.key];
  if (action) take(event, action);
}

function take(event, action) {
  event.preventDefault();
  action();
}
