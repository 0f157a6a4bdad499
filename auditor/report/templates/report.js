"use strict";
// The page can be read without this script; it adds keys, filters, the other language, readings and decisions.
// No text of a document is ever parsed as HTML here: everything goes in as text nodes or clones.
(() => {
  const $ = (id) => document.getElementById(id);
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const data = JSON.parse($("data").textContent);
  const root = document.documentElement;
  let own = true; // whether the language of the page, not the other, is shown
  const say = (key) => data.m[key][own ? 0 : 1];
  const text = (number) => {
    const pair = data.s[number];
    return pair.length > 1 && !own ? pair[1] : pair[0];
  };
  const number = (plain) => {
    const [whole, part] = plain.replace("-", "").split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, say("number.group"));
    return (plain.startsWith("-") ? "\u2212" : "") + grouped + (part ? say("number.decimal") + part : "");
  };
  const element = (name, content = "", kind = "") => {
    const made = document.createElement(name);
    made.textContent = content;
    if (kind) made.className = kind;
    return made;
  };
  document.body.classList.add("scripted");

  // --- The other language: every text that differs is numbered, and its other form waits in a template. ---
  const others = [...$("others").content.children];
  const languages = [root.lang, $("language").lang];
  const switched = () => {
    for (const one of all("[data-t]")) {
      one.words ??= [...one.childNodes];
      one.replaceChildren(...(own ? one.words : others[one.dataset.t].cloneNode(true).childNodes));
    }
    for (const name of ["title", "placeholder", "aria-label"])
      for (const one of all(`[data-t-${name}]`)) {
        one.words ??= {};
        one.words[name] ??= one.getAttribute(name);
        one.setAttribute(name, own ? one.words[name] : others[one.getAttribute(`data-t-${name}`)].textContent);
      }
    root.lang = languages[own ? 0 : 1];
    $("language").lang = languages[own ? 1 : 0];
    $("language").textContent = data.m["report.language"][own ? 1 : 0];
    folded.clear();
    apply();
  };
  $("language").addEventListener("click", () => {
    own = !own;
    switched();
    remember();
  });

  // --- Findings: filters, search, and their state in the address. ---
  const findings = all(".finding");
  const groups = all(".group");
  const shownFindings = () => findings.filter((one) => !one.hidden && !one.closest("[hidden]"));
  const folded = new Map();
  const fold = (word) => word.normalize("NFD").replace(/\p{M}/gu, "").replace(/[\u0111\u0110]/g, "d").toLowerCase();
  const haystack = (one) => {
    if (!folded.has(one)) folded.set(one, fold(one.textContent));
    return folded.get(one);
  };
  const facets = all("[data-facet]");
  const severities = all("[data-severity]:is(input)");
  const search = $("search");

  const documents = all(".document");
  const LEVELS = ["error", "warning", "note"];
  const valueOf = (one, key) => (key === "standing" ? one.className : (one.dataset[key] ?? ""));
  // Of an index with thousands of lines only the first are laid out; the rest come when asked for, or on paper.
  const PAGE = document.body.classList.contains("many") ? 300 : Infinity;
  let limit = PAGE;

  const apply = () => {
    if (!search) return;
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    const levels = new Set(severities.filter((one) => one.checked).map((one) => one.dataset.severity));
    const wanted = facets.filter((one) => one.value).map((one) => [one.dataset.facet, one.value]);
    let n = 0;
    for (const one of findings) {
      const kept =
        LEVELS.some((level) => levels.has(level) && one.classList.contains(level)) &&
        wanted.every(([key, value]) => ` ${valueOf(one, key)} `.includes(` ${value} `)) &&
        (!words.length || words.every((word) => haystack(one).includes(word)));
      n += kept;
      const there = kept && n <= limit;
      if (one.hidden === there) one.hidden = !there;
    }
    for (const group of groups) group.hidden = !group.querySelector(".finding:not([hidden])");
    const path = wanted.find(([key]) => key === "document");
    for (const one of documents) {
      const away = Boolean(path) && one.dataset.d !== path[1];
      if (one.hidden !== away) one.hidden = away;
    }
    if ($("further")) $("further").hidden = n <= limit;
    const active = words.length || wanted.length || severities.some((one) => !one.checked);
    $("clear").hidden = !active;
    $("shown").textContent = say("filter.shown").replace("{n}", number(`${n}`)).replace("{every}", number(`${findings.length}`));
  };
  const remember = () => {
    const state = new URLSearchParams();
    if (!own) state.set("lang", root.lang);
    if (search?.value) state.set("q", search.value);
    for (const one of facets) if (one.value) state.set(one.dataset.facet, one.value);
    const off = severities.filter((one) => !one.checked).map((one) => one.dataset.severity);
    if (off.length) state.set("without", off.join("."));
    const query = state.toString();
    try {
      history.replaceState(null, "", `${location.pathname}${query && "?"}${query}${location.hash}`);
    } catch {
      // Some browsers do not let a file change its address; the filters still work.
    }
  };
  const changed = () => {
    limit = PAGE;
    apply();
    remember();
  };
  const clear = () => {
    search.form.reset();
    for (const one of severities) one.checked = true;
    changed();
  };
  const recall = () => {
    const state = new URLSearchParams(location.search);
    if (search) search.value = state.get("q") ?? "";
    for (const one of facets) one.value = state.get(one.dataset.facet) ?? "";
    const off = (state.get("without") ?? "").split(".");
    for (const one of severities) one.checked = !off.includes(one.dataset.severity);
    own = !(state.get("lang") && state.get("lang") !== languages[0]);
    if (own) apply();
    else switched();
  };
  if (search) {
    search.form.addEventListener("input", changed);
    search.form.addEventListener("submit", (event) => event.preventDefault());
    for (const one of severities) one.addEventListener("change", changed);
    $("clear").addEventListener("click", () => {
      clear();
      search.focus();
    });
    $("further")?.addEventListener("click", () => {
      limit += PAGE;
      apply();
    });
    // Folding thousands of texts takes a moment: better before the first letter is typed than after it.
    const ahead = (from) => {
      findings.slice(from, from + 100).forEach(haystack);
      if (from + 100 < findings.length) setTimeout(ahead, 0, from + 100);
    };
    setTimeout(ahead, 50, 0);
  }
  for (const cell of all(".heat button"))
    cell.addEventListener("click", () => {
      for (const key of ["document", "rule"]) {
        const facet = facets.find((one) => one.dataset.facet === key);
        if (facet) facet.value = cell.dataset[key];
      }
      changed();
      $("findings").scrollIntoView();
    });

  // --- A figure's reading and its relations, beside the figure. ---
  const tip = $("tip");
  const line = (key, value) => {
    const made = element("p");
    made.append(element("span", `${say(key)}: `), value);
    return made;
  };
  // A numeral is an element, or several where a finding points at a part of it. Its number is its place in the text.
  const NUMERAL = ".text :is(i, u, b)";
  const column = (packed) => {
    let before = "";
    return packed.split(",").map((one) => (before = one || before));
  };
  const opened = new Map(); // documents by number: their numerals as lists of elements, and the columns of readings
  const readingsOf = (page) => {
    if (!opened.has(page.dataset.d)) {
      const elements = [];
      for (const one of all(NUMERAL, page))
        if ("on" in one.dataset) elements.at(-1).push(one);
        else elements.push([one]);
      const [kinds, indicators, periods, places, values] = data.d[page.dataset.d].f.map(column);
      opened.set(page.dataset.d, { elements, kinds, indicators, periods, places, values });
    }
    return opened.get(page.dataset.d);
  };
  // "1.234,50" at a power of ten, as a plain decimal: the point moves, zeros that say nothing go.
  const scaled = (raw, power) => {
    const [whole, part = ""] = raw.replace(/[.%]/g, "").split(",");
    const digits = (whole + part).padStart(1 - power + part.length, "0").padEnd(whole.length + power, "0");
    const point = digits.length - Math.max(0, part.length - power);
    const decimals = digits.slice(point).replace(/0+$/, "");
    return (digits.slice(0, point).replace(/^0+(?=.)/, "") || "0") + (decimals && `.${decimals}`);
  };
  const rawOf = (elements) => elements.map((one) => one.textContent).join("");
  const describe = (numeral) => {
    const page = numeral.closest(".document");
    const { elements, kinds, indicators, periods, places, values } = readingsOf(page);
    const at = elements.findIndex((one) => one.includes(numeral));
    const kind = data.k[kinds[at]];
    if (kind.length === 1) return [line("tip.ignored", text(kind[0]))];
    const [power, , unit, place, bound, role, reason] = kind;
    const value = values[at] === "-" ? scaled(rawOf(elements[at]), power) : values[at];
    const made = [element("p", `${text(bound)} ${number(value)} ${text(unit)}`.trim(), "value")];
    const known = { indicator: indicators[at], place, period: periods[at], role };
    for (const key in known) if (Number(known[key])) made.push(line(`tip.${key}`, text(known[key])));
    const [where, cell] = places[at].split("!");
    if (Number(where)) made.push(line("tip.where", text(where) + (cell ? `!${cell}` : "")));
    const printed = (member) => rawOf(elements[member]) + text(data.k[kinds[member]][1]);
    let compared = false;
    for (const [title, verdict, distances, parts, firsts] of data.d[page.dataset.d].c)
      for (const first of firsts) {
        const members = distances.map((distance) => first + distance);
        if (!members.includes(at)) continue;
        compared = true;
        made.push(element("p", `${text(verdict)}: ${text(title)}`, "check"));
        const equation = parts.map((part) => (typeof part === "number" ? printed(members[part]) : part)).join("");
        if (equation) made.push(element("p", equation, "equation"));
        for (const member of members) for (const one of elements[member]) one.classList.add("kin");
      }
    if (!compared) made.push(line("tip.reason", text(reason)));
    for (const [from, level] of data.d[page.dataset.d].i) if (from.includes(at)) made.push(line("tip.implied", text(level)));
    return made;
  };
  let shown = null; // the figure whose reading is shown
  let pointed = false; // whether the pointer, not the keyboard, chose it
  const hide = () => {
    shown = null;
    tip.hidden = true;
    for (const one of all(".kin")) one.classList.remove("kin");
  };
  // Beside the figure, wherever scrolling has brought it by now.
  const place = () => {
    if (!shown) return;
    const box = shown.getBoundingClientRect();
    if (box.bottom < 0 || box.top > window.innerHeight) return hide();
    const room = root.clientWidth - tip.offsetWidth - 8;
    tip.style.left = `${Math.max(8, Math.min(box.left, room))}px`;
    const below = box.bottom + 6 + tip.offsetHeight < window.innerHeight;
    tip.style.top = `${below ? box.bottom + 6 : Math.max(8, box.top - tip.offsetHeight - 6)}px`;
  };
  const show = (numeral, byPointer) => {
    hide();
    shown = numeral;
    pointed = byPointer;
    tip.replaceChildren(...describe(numeral));
    tip.hidden = false;
    place();
  };
  const numeralOf = (event) => event.target.closest?.(NUMERAL);
  // A page that the keyboard scrolls under a resting pointer tells of elements that nobody pointed at; where the
  // pointer rests is known from the first that it tells.
  let rest = null;
  const spot = (event) => `${event.clientX} ${event.clientY}`;
  document.addEventListener("pointermove", (event) => (rest = spot(event)), { passive: true });
  document.addEventListener("pointerover", (event) => {
    const moved = rest !== null && spot(event) !== rest;
    rest = spot(event);
    if (shown && !pointed && !moved) return;
    if (numeralOf(event)) show(numeralOf(event), true);
    else hide();
  });
  document.addEventListener("focusin", (event) => (numeralOf(event) ? show(numeralOf(event), false) : hide()));
  document.addEventListener("scroll", place, { capture: true, passive: true });
  document.addEventListener("click", (event) => {
    if (numeralOf(event)) show(numeralOf(event), true);
  });

  // --- Decisions: kept in this browser, exported as a file. ---
  const STORE = "auditor-decisions";
  const load = () => {
    try {
      return JSON.parse(localStorage.getItem(STORE)) ?? {};
    } catch {
      return {};
    }
  };
  const decided = load();
  const note = (message) => {
    $("note").textContent = message;
    $("note").hidden = !message;
  };
  const store = () => {
    try {
      localStorage.setItem(STORE, JSON.stringify(decided));
    } catch {
      // Private windows keep nothing; the export still works.
    }
    const here = mine();
    if (!$("export")) return;
    $("export").hidden = !here.length;
    $("export").querySelector("b").textContent = here.length;
  };
  const places = $("export") ? findings.map((finding) => finding.appendChild(element("div", "", "decide screen"))) : [];
  const keyOf = (one) => `${one.fingerprint}|${one.document}`;
  const keys = new Set();
  const mine = () => Object.values(decided).filter((one) => keys.has(keyOf(one)));
  const mount = (place) => {
    const finding = place.closest(".finding");
    const path = data.p[finding.dataset.document.split(" ")[0]];
    if (!path) return; // a finding about a decision itself
    const marks = all(".mark", finding);
    const base = {
      fingerprint: finding.id.slice(2, 18),
      document: path,
      rule: finding.dataset.rule,
      quote: marks.map((mark) => mark.firstChild.textContent).join("; "),
    };
    place.append($("decide").content.cloneNode(true));
    const reason = place.querySelector(".reason-text");
    const put = (entry, decision) => {
      const key = keyOf(entry);
      if (decision) decided[key] = { ...entry, decision, note: reason.value };
      else delete decided[key];
      draw();
      store();
    };
    const figures = new Map();
    for (const mark of all("[data-p]", finding)) {
      const quote = mark.firstChild.textContent;
      if (!figures.has(mark.dataset.p))
        figures.set(mark.dataset.p, { ...base, fingerprint: mark.dataset.p, quote });
    }
    const confirm = place.querySelector(".confirm");
    for (const entry of figures.values()) {
      const button = element("button", entry.quote);
      button.type = "button";
      button.dataset.confirm = keyOf(entry);
      button.addEventListener("click", () => put(entry, decided[keyOf(entry)] ? "" : "confirmed"));
      confirm.append(button, " ");
      keys.add(keyOf(entry));
    }
    confirm.hidden = !figures.size;
    keys.add(keyOf(base));
    const draw = () => {
      const now = decided[keyOf(base)]?.decision;
      for (const one of all("[data-decision]", place)) one.setAttribute("aria-pressed", one.dataset.decision === now);
      for (const one of all("[data-confirm]", place))
        one.setAttribute("aria-pressed", Boolean(decided[one.dataset.confirm]));
      finding.classList.toggle("decided", Boolean(now));
    };
    for (const one of all("[data-decision]", place))
      one.addEventListener("click", () =>
        put(base, one.getAttribute("aria-pressed") === "true" ? "" : one.dataset.decision),
      );
    const known = [decided[keyOf(base)], ...[...figures.values()].map((one) => decided[keyOf(one)])];
    reason.value = known.find(Boolean)?.note ?? "";
    reason.addEventListener("input", () => {
      for (const entry of [base, ...figures.values()])
        if (decided[keyOf(entry)]) decided[keyOf(entry)].note = reason.value;
      store();
    });
    draw();
  };
  places.forEach(mount);
  store();
  $("export")?.addEventListener("click", () => {
    const decisions = mine();
    const lacking = places.find(
      (place) =>
        !place.querySelector(".reason-text")?.value.trim() && place.querySelector("[aria-pressed=true]"),
    );
    if (lacking) {
      note(say("decide.missing"));
      lacking.querySelector(".reason-text").focus();
      return;
    }
    const content = JSON.stringify({ format_version: 1, decisions }, null, 1);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type: "application/json" }));
    link.download = "decisions.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });

  // --- Why a rule exists stands once in the page, and is shown where it is asked for. ---
  const explain = (folded) => {
    if (folded.matches(".why") && !folded.querySelector(".because")) {
      const source = $(`r-${folded.closest(".finding").dataset.rule}`)?.querySelector(".because");
      if (source) folded.querySelector("summary").after(source.cloneNode(true));
    }
  };
  document.addEventListener("toggle", (event) => event.target.open && explain(event.target), true);
  const reveal = () => {
    const target = location.hash && $(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.hidden && search) clear();
    target.closest("details")?.setAttribute("open", "");
    if (target.matches(".finding")) target.focus({ preventScroll: true });
    target.scrollIntoView({ block: target.matches(".finding") ? "start" : "center" });
  };
  window.addEventListener("hashchange", reveal);

  // --- Beside a finding stands its place in the text, where there is room for both. ---
  const pane = document.querySelector(".documents");
  const beside = (finding) => {
    for (const one of all(".hit.here")) one.classList.remove("here");
    if (!finding || getComputedStyle(pane).overflowY !== "auto") return;
    const places = all(".mark[href]", finding).map((mark) => $(mark.hash.slice(1))).filter(Boolean);
    for (const one of places) one.classList.add("here");
    const suspect = finding.querySelector(".mark.suspect, .mark");
    const target = suspect && $(suspect.hash?.slice(1));
    if (target && !target.closest("[hidden]"))
      pane.scrollTop += target.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
  };
  document.addEventListener("focusin", (event) => {
    const finding = event.target.closest(".finding");
    if (finding) beside(finding);
  });

  // --- Keys. ---
  const step = (list, now, by) => list[now < 0 ? (by < 0 ? list.length - 1 : 0) : now + by];
  const move = (by) => {
    const list = shownFindings();
    const next = step(list, list.indexOf(document.activeElement.closest(".finding")), by);
    if (!next) return;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
  };
  const figure = (by) => {
    const list = all(`.document:not([hidden]) ${NUMERAL}:not([data-on])`);
    const next = step(list, list.indexOf(document.activeElement.closest(NUMERAL)), by);
    if (!next) return;
    const target = next.querySelector("a") ?? next;
    if (target === next) target.tabIndex = -1;
    target.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
  };
  const enter = () => {
    const active = document.activeElement;
    if (!active.matches(".finding")) return false;
    const link = active.querySelector(".mark.suspect, .mark, h3 a");
    link?.click();
    return Boolean(link);
  };
  const actions = {
    j: () => move(1),
    k: () => move(-1),
    n: () => figure(1),
    p: () => figure(-1),
    Enter: enter,
    "/": () => search?.focus(),
    f: () => (facets[0] ?? severities[0])?.focus(),
    "?": () => $("help").showModal(),
    Escape: () => {
      note("");
      hide();
      if (document.activeElement.matches("input, select")) document.activeElement.blur();
      return false;
    },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key !== "Escape" && event.target.closest("input, select, textarea, dialog[open]")) return;
    const action = actions[event.key];
    if (action && action() !== false) event.preventDefault();
  });
  $("help-open").addEventListener("click", () => $("help").showModal());
  $("help-close").addEventListener("click", () => $("help").close());

  // Paper cannot be opened: what is folded on the screen is printed unfolded.
  window.addEventListener("beforeprint", () => {
    limit = Infinity;
    apply();
    for (const folded of all("details")) {
      explain(folded);
      folded.open = true;
    }
  });

  recall();
  if (location.hash) reveal();
  else beside(shownFindings()[0]);
})();
