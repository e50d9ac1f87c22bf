"use strict";
(() => {
  const tracks = [...document.querySelectorAll(".track")].map((track) => {
    const moments = [...track.querySelectorAll(".moment")];
    const slider = track.querySelector("input");
    const older = track.querySelector(".older");
    const newer = track.querySelector(".newer");
    const output = track.querySelector("output");
    if (moments.length < 2) return null;
    let now = moments.length;
    const show = (at) => {
      now = Math.min(Math.max(at, 1), moments.length);
      moments.forEach((moment, index) => {
        moment.classList.toggle("now", index + 1 === now);
        moment.classList.remove("before", "held");
      });
      slider.value = now;
      slider.setAttribute("aria-valuetext", moments[now - 1].dataset.when);
      output.textContent = now + " of " + moments.length;
      older.disabled = now === 1;
      newer.disabled = now === moments.length;
    };
    // Holding the key puts the picture before in the place of this one.
    const hold = (on) => {
      if (now < 2) return;
      moments[now - 2].classList.toggle("before", on);
      moments[now - 1].classList.toggle("held", on);
    };
    slider.addEventListener("input", () => show(Number(slider.value)));
    older.addEventListener("click", () => show(now - 1));
    newer.addEventListener("click", () => show(now + 1));
    track.querySelector(".controls").hidden = false;
    track.classList.add("live");
    show(now);
    return { track, step: (by) => show(now + by), edge: (last) => show(last ? moments.length : 1), hold };
  }).filter(Boolean);
  if (!tracks.length) return;
  document.querySelector(".keys").hidden = false;
  // Keys go to the track that has the focus, else to the one in the middle of the window.
  const current = () => {
    const focused = tracks.find((one) => one.track.contains(document.activeElement));
    const middle = (one) => {
      const box = one.track.getBoundingClientRect();
      return Math.abs((box.top + box.bottom) / 2 - innerHeight / 2);
    };
    return focused || tracks.reduce((best, one) => (middle(one) < middle(best) ? one : best));
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typed = event.target instanceof HTMLInputElement;
    if (event.key === "b") {
      if (!event.repeat) current().hold(true);
    } else if (typed) {
      return;
    } else if (event.key === "ArrowLeft") current().step(-1);
    else if (event.key === "ArrowRight") current().step(1);
    else if (event.key === "Home") current().edge(false);
    else if (event.key === "End") current().edge(true);
    else return;
    event.preventDefault();
  });
  addEventListener("keyup", (event) => { if (event.key === "b") current().hold(false); });
  addEventListener("blur", () => tracks.forEach((one) => one.hold(false)));
})();
