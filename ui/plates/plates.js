// The table of plates: tells Python each answer that is changed, and follows the player with what the network says.

const LAST_ONE = "At least one plate has to be answered: otherwise there is nothing to learn.";

// After so long, in milliseconds, the table shows what Python has, whether or not it is what was chosen here.
const PATIENCE = 2_000;

const tables = new WeakMap();

export default function plates({ parentElement }) {
  if (!tables.has(parentElement)) tables.set(parentElement, new Plates(parentElement));
  return () => tables.get(parentElement)?.player.leave(() => tables.delete(parentElement));
}

class Plates {
  constructor(root) {
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

  receive(scene) {
    this.scene = scene;
    for (const { row, plate } of this.rows) {
      if (plate === scene.ticked) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
    // What answers an earlier tap must not undo a later one.
    if (window.plateAnswers === undefined || window.plateAnswers === scene.data) this.accept();
    else if (!this.waiting) this.tell(window.plateAnswers);
  }

  accept() {
    delete window.plateAnswers;
    clearTimeout(this.waiting);
    this.waiting = 0;
    this.answers = this.scene.data;
    this.write();
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
    else this.tell(answers);
    this.player.follow();
  }

  // Several taps may come before Python has answered the first. If the connection is lost, the player tells what was
  // chosen when it is there again, and the table what was chosen since.
  tell(answers) {
    this.answers = answers;
    window.plateAnswers = answers;
    clearTimeout(this.waiting);
    this.waiting = 0;
    if (document.body.hasAttribute("data-offline")) return;
    window.playerScene.answer(answers);
    this.waiting = setTimeout(() => {
      this.waiting = 0;
      if (document.body.hasAttribute("data-offline")) return;
      this.accept();
      this.player.follow();
    }, PATIENCE);
  }

  show({ numbers, scene }) {
    if (scene !== this.scene) this.receive(scene);
    const answers = numbers?.answers;
    for (const { plate, value, mark, answer } of this.rows) {
      const label = this.answers[plate];
      const prediction = answers?.[plate];
      value.textContent = answers ? number(prediction, 2) : "…";
      const found = answers && label !== "-" ? verdict(prediction, label === "y") : null;
      mark.textContent = found === null ? "" : MARKS[found];
      mark.dataset.verdict = found === null ? "" : ["wrong", "undecided", "right"][found + 1];
      answer.style.setProperty("--share", answers ? `${100 * prediction}%` : "0%");
      answer.dataset.says = answers ? SAYS[says(prediction)] : "";
    }
  }
}
