"use strict";
// The page works without this script; it adds keys, and notes for screens that cannot hover.
(() => {
  const note = document.getElementById("note");
  const findings = () => [...document.querySelectorAll(".finding")].filter((item) => item.offsetParent);

  const step = (by) => {
    const all = findings();
    const now = all.indexOf(document.activeElement.closest(".finding"));
    const next = all[now < 0 && by < 0 ? all.length - 1 : now + by];
    if (!next) return;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
  };

  const show = (text) => {
    note.textContent = text;
    note.hidden = !text;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input")) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "Escape") show("");
  });

  document.addEventListener("click", (event) => {
    const numeral = event.target.closest(".text .n");
    show(numeral ? numeral.title : "");
  });

  // Paper cannot be opened: what is folded on the screen is printed unfolded.
  window.addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll("details")) folded.open = true;
  });
})();
