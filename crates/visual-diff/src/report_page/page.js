"use strict";
const modes = ["side", "slider", "onion", "blink"];
const items = [...document.querySelectorAll(".item")];
let ticking = 0;

function show(mode) {
  for (const item of items) {
    const view = item.querySelector(".view"), bar = item.querySelector(".modes");
    if (!bar) continue;
    view.className = mode === "side" ? "view side" : "view over " + mode;
    for (const button of bar.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
    }
    bar.querySelector(".handle").hidden = mode !== "slider" && mode !== "onion";
  }
  clearInterval(ticking);
  if (mode === "blink") {
    ticking = setInterval(() => {
      for (const view of document.querySelectorAll(".view.blink")) view.classList.toggle("on");
    }, 700);
  }
}

for (const item of items) {
  const view = item.querySelector(".view"), bar = item.querySelector(".modes");
  if (!bar) continue;
  const pictures = [...item.querySelectorAll("img")];
  const widest = Math.max(...pictures.map((picture) => Number(picture.getAttribute("width")) || 0));
  for (const picture of pictures) {
    const width = Number(picture.getAttribute("width"));
    if (width && widest) picture.parentElement.style.setProperty("--share", (100 * width) / widest + "%");
  }
  const handle = bar.querySelector(".handle");
  handle.addEventListener("input", () => {
    view.style.setProperty("--at", handle.value + "%");
    view.style.setProperty("--part", String(handle.value / 100));
  });
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) show(button.dataset.mode);
  });
  bar.hidden = false;
}

let current = -1;
function go(by) {
  if (!items.length) return;
  current = Math.min(items.length - 1, Math.max(0, current + by));
  items[current].scrollIntoView({ block: "start" });
  items[current].focus({ preventScroll: true });
}
document.addEventListener("focusin", (event) => {
  const item = event.target.closest(".item");
  if (item) current = items.indexOf(item);
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "n") go(1);
  else if (event.key === "p") go(-1);
  else if (/^[1-4]$/.test(event.key)) show(modes[event.key - 1]);
});
