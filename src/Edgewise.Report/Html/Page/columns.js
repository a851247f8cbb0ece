// A row of headings by which a table is sorted.
function headings(columns, sorting, onSort) {
  const row = element("div", "headings");
  row.setAttribute("role", "row");
  for (const column of columns) {
    const isSorted = sorting.key === column.key;
    const heading = button("heading " + (column.className ?? ""), element("span", "", column.label), () => {
      onSort({ key: column.key, down: isSorted ? !sorting.down : column.down ?? true });
    }, column.title);
    heading.append(element("span", "arrow", isSorted ? (sorting.down ? "↓" : "↑") : ""));
    heading.setAttribute("aria-label", column.label + (isSorted ? ", sorted " + (sorting.down ? "down" : "up") : ", sort"));
    heading.dataset.key = column.key;
    row.append(heading);
  }
  return row;
}

// Puts rows in the order of a column; equal ones stay in theirs.
function sorted(rows, columns, sorting) {
  const column = columns.find((candidate) => candidate.key === sorting.key);
  if (!column) return rows;
  const sign = sorting.down ? -1 : 1;
  return rows
    .map((row) => [column.value(row), row])
    .sort(([a], [b]) => (a < b ? -sign : a > b ? sign : 0))
    .map(([, row]) => row);
}

const ratio = (part, all) => (all === 0 ? 2 : part / all);
