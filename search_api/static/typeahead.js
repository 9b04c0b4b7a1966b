// Offers completions under the search box. In: what is typed, GET /v1/suggest. Out: a list to choose from with mouse or keys.
// Everything works without this file; it follows the combobox pattern of WAI-ARIA (list autocomplete, manual selection).
"use strict";

const WAIT_MS = 200;
const LONGEST = 500;
const LEAST = 2;

// Signs of the query language: a name or title that holds them is meant as words.
const plain = (text) => text.replace(/["()~*:]/g, " ").replace(/(^|\s)-+/g, "$1 ").replace(/\s+/g, " ").trim();

class Typeahead {
  constructor(box, number) {
    this.box = box;
    this.input = box.querySelector("input");
    this.kinds = new Map(box.dataset.kinds.split(";").filter(Boolean).map((pair) => pair.split("=")));
    this.items = [];
    this.active = -1;
    this.timer = 0;
    this.asked = 0;
    this.list = document.createElement("ul");
    this.list.id = `goi-y-${number}`;
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", box.dataset.label);
    this.status = document.createElement("p");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    box.append(this.list, this.status);
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
    this.input.addEventListener("input", (event) => this.typed(event));
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    // The list must not take the focus away before the click is seen.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.take(Number(option.dataset.place), true);
    });
  }

  typed(event) {
    clearTimeout(this.timer);
    this.asked += 1;
    // While a key of a Vietnamese keyboard is being composed the letters are not final, but their reading is good enough to ask.
    const text = this.input.value;
    const atEnd = this.input.selectionEnd === text.length;
    if (!atEnd || text.trim().length < LEAST || Array.from(text).length > LONGEST || event.inputType === "insertFromDrop") {
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.ask(text, this.asked), WAIT_MS);
  }

  async ask(text, turn) {
    try {
      const answer = await fetch(`/v1/suggest?${new URLSearchParams({ prefix: text, limit: 10 })}`);
      if (!answer.ok) throw new Error(String(answer.status));
      const found = (await answer.json()).items;
      // An answer that comes after more was typed is about something else.
      if (turn === this.asked && document.activeElement === this.input) this.show(text, found);
    } catch {
      this.close(); // no completions; searching goes on as without this script
    }
  }

  show(text, found) {
    const letters = Array.from(text);
    this.items = found.map((one) => ({ ...one, whole: letters.slice(0, one.start).join("") + plain(one.text) }));
    this.list.replaceChildren(...this.items.map((one, place) => this.option(one, place)));
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.hidden = !this.items.length;
    this.input.setAttribute("aria-expanded", String(this.items.length > 0));
    this.status.textContent = this.items.length ? this.box.dataset.some.replace("%", this.items.length) : "";
  }

  option(one, place) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${place}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.place = String(place);
    for (const [name, text] of [["text", one.text], ["kind", this.kinds.get(one.kind) ?? ""], ["count", String(one.count)]]) {
      const part = document.createElement("span");
      part.className = `suggestion-${name}`;
      part.textContent = text;
      option.append(part);
    }
    return option;
  }

  key(event) {
    if (this.list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const places = this.items.length + 1; // the last one is what was typed
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.mark(((this.active + 1 + step + places) % places) - 1);
      event.preventDefault();
    } else if (event.key === "Escape") {
      this.close();
      event.preventDefault(); // a search box would empty itself
    } else if (event.key === "Enter" && this.active >= 0) {
      this.take(this.active, true);
      event.preventDefault();
    } else if (event.key === "Tab" && this.active >= 0 && !event.shiftKey) {
      this.take(this.active, false);
      event.preventDefault();
    }
  }

  mark(place) {
    this.active = place;
    [...this.list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    const option = this.list.children[place];
    if (option) {
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  take(place, search) {
    this.input.value = this.items[place].whole + (search ? "" : " ");
    this.close();
    if (search) this.input.form.requestSubmit();
  }

  close() {
    clearTimeout(this.timer);
    this.asked += 1;
    this.active = -1;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = "";
  }
}

document.querySelectorAll("[data-suggest]").forEach((box, number) => new Typeahead(box, number));
