// The table of plates: tells Python each answer that is changed, and follows the player with what the network says.

const LAST_ONE = "At least one plate has to be answered: otherwise there is nothing to learn.";

const tables = new WeakMap();

export default function plates({ data, parentElement, setTriggerValue }) {
  if (!tables.has(parentElement)) tables.set(parentElement, new Plates(parentElement, data));
  const table = tables.get(parentElement);
  table.tell = (answers) => setTriggerValue("answers", answers);
  table.set(data);
  return () => table.player.leave(() => tables.delete(parentElement));
}

class Plates {
  constructor(root, { answers }) {
    this.answers = answers;
    this.notice = root.querySelector(".notice");
    this.rows = [...root.querySelectorAll("tr[data-plate]")].map((row) => ({
      row,
      plate: Number(row.dataset.plate),
      choices: [...row.querySelectorAll("input")],
      value: row.querySelector(".value"),
      mark: row.querySelector(".mark"),
      answer: row.querySelector(".answer"),
    }));
    for (const { plate, choices } of this.rows) {
      for (const choice of choices) choice.addEventListener("change", () => this.choose(plate, choice.value));
    }
    this.player = followPlayer(root, (frame) => this.show(frame));
  }

  set({ answers, ticked }) {
    this.answers = answers;
    delete window.plateAnswers;
    for (const { row, plate } of this.rows) {
      if (plate === ticked) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
    this.write();
    this.player.follow();
  }

  write() {
    for (const { plate, choices } of this.rows) {
      for (const choice of choices) choice.checked = choice.value === this.answers[plate];
    }
  }

  choose(plate, answer) {
    const answers = this.answers.slice(0, plate) + answer + this.answers.slice(plate + 1);
    const isLast = /^-+$/.test(answers);
    this.notice.textContent = isLast ? LAST_ONE : "";
    if (isLast) this.write();
    else {
      // Several taps may come before Python has answered the first.
      this.answers = answers;
      // Until Python has answered. If the connection is lost before, the player tells them when it is there again.
      window.plateAnswers = answers;
      if (!document.body.hasAttribute("data-offline")) this.tell(answers);
    }
    this.player.follow();
  }

  show({ numbers }) {
    const answers = numbers?.answers;
    for (const { plate, value, mark, answer } of this.rows) {
      const label = this.answers[plate];
      const prediction = answers?.[plate];
      value.textContent = answers ? number(prediction, 2) : "…";
      const found = answers && label !== "-" ? verdict(prediction, label === "y") : null;
      mark.textContent = found === null ? "" : MARKS[found];
      mark.dataset.verdict = found === null ? "" : ["wrong", "undecided", "right"][found + 1];
      answer.style.setProperty("--share", answers ? `${100 * prediction}%` : "0%");
      answer.dataset.says = answers ? ["unhappy", "undecided", "happy"][says(prediction) + 1] : "";
    }
  }
}
