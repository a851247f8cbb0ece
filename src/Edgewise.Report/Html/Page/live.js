// Where the page is served, it is told of each change, loads the figures again and stays where it is.
function listen(app) {
  const changes = new EventSource("changes");
  changes.addEventListener("open", () => showStatus("Live"));
  changes.addEventListener("error", () => showStatus("The server is gone; this is what it showed last"));
  changes.addEventListener("change", async (event) => {
    await loading.renew(event.data, app.current?.inView?.() ?? []);
    const scrolled = app.current?.scroller?.scrollTop ?? 0, typed = document.querySelector(".filter") === document.activeElement;
    await app.reload();
    const scroller = app.current?.scroller;
    if (scroller) scroller.scrollTop = scrolled;
    if (typed) document.querySelector(".filter")?.focus();
    showStatus("Live · updated");
  });
}
