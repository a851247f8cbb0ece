// A table of functions: of the whole report, or of one file.
const FUNCTION_COLUMNS = [
  { key: "function", label: "Function", value: (item) => item.name.toLowerCase(), down: false, className: "name" },
  { key: "file", label: "File", value: (item) => item.file.name.toLowerCase(), down: false, className: "place" },
  { key: "line", label: "Line", value: (item) => item.line, down: false, className: "figure" },
  { key: "coverage", label: "Points", value: (item) => ratio(item.covered, item.points), down: false, className: "wide", title: "Points that were hit" },
  { key: "missed", label: "Not hit", value: (item) => item.points - item.covered, className: "figure", title: "Points that were not hit" },
  { key: "hits", label: "Entered", value: (item) => item.hits, className: "figure", title: "How often the function was entered" },
];

const functionState = { sorting: { key: "missed", down: true }, filter: "", kind: "all", selected: 0 };
const KINDS = [
  ["all", "All", () => true],
  ["not", "Not run", (item) => item.covered === 0],
  ["partly", "Partly run", (item) => item.covered > 0 && item.covered < item.points],
  ["whole", "Run", (item) => item.covered === item.points],
];
const CHANGE_KINDS = [
  ["gained", "Newly run", (item) => item.change === 1],
  ["lost", "Lost", (item) => item.change === 2],
];

async function showFunctions(view, report, file) {
  const from = file ? file.firstFunction : 0, count = file ? file.functions : report.functionCount;
  const columns = FUNCTION_COLUMNS.filter((column) => (column.key !== "file" || !file) && (column.key !== "hits" || report.hits) && (column.key !== "line" || (file ? file.hasSource : report.hasLines)));
  const kinds = report.comparedWith ? [...KINDS, ...CHANGE_KINDS] : KINDS;
  const scroller = element("div", "scroller table functions" + (file ? " inner" : "") + (report.hits ? " counted" : "") + ((file ? file.hasSource : report.hasLines) ? "" : " lineless"));
  scroller.tabIndex = 0;
  scroller.setAttribute("role", "grid");
  scroller.setAttribute("aria-label", "Functions");
  const head = element("div", "head"), empty = element("p", "empty", "No function matches.");
  if (!report.hasLines) columns.splice(1, file ? 0 : 1, ...(file ? [] : [{ ...FUNCTION_COLUMNS[1], label: "Type" }]));
  let all = [], rows = [];
  const list = virtualList(scroller, ROW_HEIGHT, (index) => functionRow(rows[index], columns, index === functionState.selected));

  function draw() {
    const words = functionState.filter.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = kinds.find(([key]) => key === functionState.kind)?.[2] ?? (() => true);
    rows = sorted(all.filter((item) => fits(item) && words.every((word) => item.name.toLowerCase().includes(word))), columns, functionState.sorting);
    functionState.selected = Math.max(0, Math.min(functionState.selected, rows.length - 1));
    head.replaceChildren(headings(columns, functionState.sorting, (sorting) => { functionState.sorting = sorting; draw(); }));
    list.setCount(rows.length);
    empty.hidden = rows.length > 0;
    shown.textContent = rows.length === all.length ? "" : `${number(rows.length)} of ${number(all.length)}`;
  }

  function select(index) {
    if (index < 0 || index >= rows.length) return;
    list.rowAt(functionState.selected)?.classList.remove("selected");
    functionState.selected = index;
    list.reveal(index, false);
    list.rowAt(index)?.classList.add("selected");
  }

  const filter = element("input", "filter");
  filter.type = "search";
  filter.placeholder = "Filter functions";
  filter.setAttribute("aria-label", "Filter functions");
  filter.value = functionState.filter;
  filter.addEventListener("input", () => { functionState.filter = filter.value; functionState.selected = 0; draw(); });
  const kind = element("select", "");
  kind.setAttribute("aria-label", "Which functions");
  for (const [key, title] of kinds) kind.append(new Option(title, key, false, key === functionState.kind));
  kind.addEventListener("change", () => { functionState.kind = kind.value; draw(); });
  const shown = element("span", "shown");
  const tools = element("div", "tools", ...(file ? [] : [tabs("functions", report)]), filter, kind, shown);
  scroller.append(...(file ? [] : [totals(report)]), tools, head, list.place, empty);
  view.replaceChildren(scroller);
  empty.hidden = true;
  scroller.focus({ preventScroll: true });
  const controls = {
    find: () => filter.focus(),
    move: (by) => select(functionState.selected + by),
    open() { if (rows[functionState.selected]) location.hash = functionHash(rows[functionState.selected]); },
    inView: () => [...new Set(all.map((item) => "functions-" + Math.floor(item.index / report.shardSize)))],
    scroller,
  };
  loadFunctions(report, from, count).then((items) => { all = items; draw(); }, () => {});
  return controls;
}

function functionRow(item, columns, isSelected) {
  const row = element("div", "row" + (isSelected ? " selected" : ""));
  row.setAttribute("role", "row");
  for (const column of columns) {
    switch (column.key) {
      case "function": {
        const name = element("span", "cell name");
        const target = item.file.hasSource && item.line > 0 ? link(functionHash(item), "function") : element("span", "function");
        appendText(target, item.name);
        target.title = item.name;
        if (item.change) name.append(element("span", item.change === 1 ? "gain" : "loss", item.change === 1 ? "+ " : "− "));
        name.append(target);
        row.append(name);
        break;
      }
      case "file": {
        const place = element("span", "cell place");
        const target = appendText(link(fileHash(item.file), ""), item.file.title);
        target.title = item.file.name;
        place.append(target);
        row.append(place);
        break;
      }
      case "line": row.append(cell(item.line ? String(item.line) : "", "figure")); break;
      case "coverage": {
        const made = cell("", "wide");
        made.append(bar(item.covered, 0, item.points), element("span", "value", `${number(item.covered)} / ${number(item.points)}`));
        row.append(made);
        break;
      }
      case "missed": row.append(cell(number(item.points - item.covered), "figure")); break;
      default: row.append(cell(hitsText(item.hits, item.orMore), "figure"));
    }
  }
  return row;
}
