// Browsers limit the height of an element: beyond this one, a pixel of the scroll bar stands for several of the list.
const TALLEST = 15000000;
const SPARE_ROWS = 12;

// A list of rows of one height, of which only those in view are there.
function virtualList(scroller, rowHeight, makeRow, onRange) {
  const rows = element("div", "rows");
  const place = element("div", "list", rows);
  let count = 0, first = 0, last = 0, asked = false;

  const wholeHeight = () => count * rowHeight;
  const shownHeight = () => Math.min(wholeHeight(), TALLEST);
  // Where the list begins within what is scrolled.
  const offset = () => Math.max(0, place.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop);
  const squeeze = () => {
    const room = shownHeight() - scroller.clientHeight;
    return wholeHeight() <= TALLEST || room <= 0 ? 1 : (wholeHeight() - scroller.clientHeight) / room;
  };

  function update() {
    asked = false;
    const scrolled = Math.max(0, scroller.scrollTop - offset());
    const top = scrolled * squeeze();
    const from = Math.max(0, Math.min(count, Math.floor(top / rowHeight)) - SPARE_ROWS);
    const to = Math.min(count, Math.ceil((top + scroller.clientHeight) / rowHeight) + SPARE_ROWS);
    if (from >= last || to <= first) {
      rows.replaceChildren();
      first = last = from;
    }
    while (first < from) { rows.firstChild.remove(); first++; }
    while (last > to) { rows.lastChild.remove(); last--; }
    while (first > from) rows.prepend(makeRow(--first));
    while (last < to) rows.append(makeRow(last++));
    rows.style.transform = `translateY(${scrolled + first * rowHeight - top}px)`;
    // Lines only ever make it wider: no jump to and fro while it scrolls.
    if (rows.scrollWidth > place.clientWidth) place.style.minWidth = rows.scrollWidth + "px";
    onRange?.(from, to);
  }

  function refresh() {
    rows.replaceChildren();
    first = last = 0;
    update();
  }

  scroller.addEventListener("scroll", () => { if (!asked) { asked = true; requestAnimationFrame(update); } }, { passive: true });
  new ResizeObserver(update).observe(scroller);

  return {
    place,
    refresh,
    get count() { return count; },
    // The first row that is wholly in view.
    get top() { return Math.ceil((Math.max(0, scroller.scrollTop - offset()) * squeeze()) / rowHeight); },
    setCount(newCount) {
      count = newCount;
      place.style.height = shownHeight() + "px";
      refresh();
    },
    rowAt: (index) => (index >= first && index < last ? rows.children[index - first] : null),
    // Brings a row into view: to the middle, or with as little movement as there can be.
    reveal(index, middle) {
      const room = scroller.clientHeight, top = (scroller.scrollTop - offset()) * squeeze(), at = index * rowHeight;
      const edge = 3 * rowHeight;
      if (!middle && at >= top + edge && at + rowHeight <= top + room - rowHeight) return;
      const wanted = middle ? at - room / 2 + rowHeight : at < top + edge ? at - edge : at - room + 2 * rowHeight;
      scroller.scrollTop = Math.max(0, wanted) / squeeze() + offset();
      update();
    },
  };
}
