// Finds text in a file of which only the lines in view are there, so the browser cannot.
const LOADS_AT_ONCE = 8;

function findBar(report, file, information, { show, clear, scroller }) {
  const input = element("input", "");
  input.type = "search";
  input.placeholder = "Find in this file";
  input.setAttribute("aria-label", "Find in this file");
  const said = element("span", "said");
  said.setAttribute("role", "status");
  const bar = element("div", "find", input, button("icon", "↑", () => step(-1), "Previous (Shift+Enter)"), button("icon", "↓", () => step(1), "Next (Enter)"), said, button("icon", "✕", close, "Close (Esc)"));
  bar.hidden = true;
  let search = 0, query = "", hits = [], at = -1, isDone = true;

  // Letters of any case, unless a capital is typed.
  const fold = (text) => (query === query.toLowerCase() ? text.toLowerCase() : text);

  function positions(text) {
    const folded = fold(text), found = [];
    for (let from = folded.indexOf(query); from >= 0; from = folded.indexOf(query, from + query.length)) found.push([from, from + query.length]);
    return found;
  }

  async function run() {
    const own = ++search;
    query = input.value;
    hits = [];
    at = -1;
    isDone = query === "";
    clear();
    tell();
    if (isDone) return;
    const chunks = Math.ceil(information.lines / report.chunkSize);
    for (let first = 0; first < chunks; first += LOADS_AT_ONCE) {
      const names = Array.from({ length: Math.min(LOADS_AT_ONCE, chunks - first) }, (_, i) => `lines-${file.id}-${first + i}`);
      const loaded = await Promise.all(names.map(loading.load)).catch(() => []);
      if (own !== search) return;
      loaded.forEach((chunk, i) => chunk.text.forEach((text, row) => {
        const line = (first + i) * report.chunkSize + row + 1;
        for (const [from] of positions(text)) hits.push({ line, from });
      }));
      if (at < 0 && hits.length > 0) step(1);
      tell(Math.floor((100 * Math.min(chunks, first + LOADS_AT_ONCE)) / chunks));
    }
    isDone = true;
    if (hits.length === 0) clear();
    tell();
  }

  function tell(progress) {
    said.textContent = query === "" ? "" : (hits.length === 0 ? (isDone ? "not found" : "") : `${number(at + 1)} of ${number(hits.length)}${isDone ? "" : "+"}`) + (isDone || progress === undefined ? "" : ` · ${progress}%`);
  }

  function step(by) {
    if (hits.length === 0) return;
    at = (at + by + hits.length) % hits.length;
    show(hits[at]);
    tell();
  }

  function open() {
    bar.hidden = false;
    input.focus();
    input.select();
  }

  function close() {
    if (bar.hidden) return false;
    bar.hidden = true;
    search++;
    query = "";
    hits = [];
    clear();
    scroller.focus({ preventScroll: true });
    return true;
  }

  let waiting = 0;
  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(run, 120); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); input.value === query ? step(event.shiftKey ? -1 : 1) : run(); }
  });
  return { bar, open, close, marksOf: (line, text) => (query === "" || bar.hidden ? [] : positions(text)) };
}
