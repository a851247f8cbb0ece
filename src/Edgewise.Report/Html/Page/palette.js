// Goes to a function or file by name, or to a line by number.
const MOST_SHOWN = 2000;

function score(name, words) {
  let sum = 0;
  for (const word of words) {
    const at = name.indexOf(word);
    if (at < 0) return -1;
    const isStart = at === 0 || /[^a-z0-9]/.test(name[at - 1]);
    sum += (at === 0 ? 3 : isStart ? 2 : 0) + (name.length === word.length ? 8 : 0) + word.length / name.length;
  }
  return sum;
}

function openPalette(report, current, start) {
  document.querySelector("dialog.palette")?.remove();
  const dialog = element("dialog", "palette"), input = element("input", ""), said = element("p", "said"), results = element("div", "scroller results");
  dialog.setAttribute("aria-label", "Go to function, file or line");
  input.type = "text";
  input.placeholder = current?.lines ? "Function or file, or :line" : "Function or file";
  input.setAttribute("aria-label", "Function, file or line");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-expanded", "true");
  input.spellcheck = false;
  input.value = start ?? "";
  let all = report.files.map((file) => ({ file, name: file.name, folded: file.name.toLowerCase() })), found = [], selected = 0, isComplete = false;
  const list = virtualList(results, 36, (index) => {
    const item = found[index], row = element("div", "result" + (index === selected ? " selected" : ""));
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", String(index === selected));
    row.append(appendText(element("span", "title"), item.name), appendText(element("span", "where"), item.line !== undefined ? item.file.title + (item.line ? ":" + item.line : "") : "file"));
    row.append(element("span", "value", item.points ? percent(item.covered, item.points) : ""));
    row.addEventListener("click", () => go(index));
    return row;
  });

  function search() {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const line = /^:\d+$/.test(input.value) ? Number(input.value.slice(1)) : 0;
    selected = 0;
    if (input.value.startsWith(":")) found = [];
    else if (words.length === 0) found = all;
    else found = all.map((item) => [score(item.folded, words), item]).filter(([value]) => value >= 0).sort(([a], [b]) => b - a).map(([, item]) => item);
    const left = found.length - MOST_SHOWN;
    if (left > 0) found = found.slice(0, MOST_SHOWN);
    list.setCount(found.length);
    results.scrollTop = 0;
    said.textContent = line ? `Line ${number(line)}${current?.lines ? " of " + number(current.lines) : ""}`
      : !isComplete ? "Loading functions…" : found.length === 0 ? "Nothing has this name." : left > 0 ? `and ${number(left)} more; type on` : plural(found.length, "match").replace("matchs", "matches");
  }

  function go(index) {
    const item = found[index];
    const line = /^:(\d+)$/.exec(input.value)?.[1];
    if (!item && !line) return;
    dialog.close();
    if (line) current?.line?.(Math.max(1, Math.min(Number(line), current.lines)));
    else location.hash = item.points ? functionHash(item) : fileHash(item.file);
  }

  function select(index) {
    selected = Math.max(0, Math.min(found.length - 1, index));
    list.reveal(selected, false);
    list.refresh();
  }

  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step) { event.preventDefault(); select(selected + step); }
    if (event.key === "Enter") { event.preventDefault(); go(selected); }
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => { dialog.remove(); current?.scroller?.focus({ preventScroll: true }); });
  results.append(list.place);
  dialog.append(input, results, said);
  document.body.append(dialog);
  dialog.showModal();
  input.focus();
  search();
  loadFunctions(report, 0, report.functionCount).then((functions) => {
    for (const item of functions) item.folded = item.name.toLowerCase();
    all = [...functions.filter((item) => current?.file === item.file), ...functions.filter((item) => current?.file !== item.file), ...all];
    isComplete = true;
    search();
  }, () => {});
}
