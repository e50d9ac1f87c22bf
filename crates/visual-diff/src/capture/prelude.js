// Runs before any script of a page: one clock that only moves when it is told to, one sequence of
// random numbers, nothing that moves by itself. Takes {clock, seed}; leaves `__leadforge`.
((given) => {
  "use strict";
  const world = globalThis;
  if (Object.hasOwn(world, "__leadforge")) return;

  // --- Time: `now` is in milliseconds since the beginning.
  let now = 0;
  let reads = 0;
  const read = () => {
    // Who asks again and again within one task waits for time to pass.
    reads += 1;
    if (reads > 10000) now += 1;
    return now;
  };
  const RealDate = world.Date;
  const wall = () => given.clock + Math.floor(read());
  const ClockDate = new Proxy(RealDate, {
    apply: () => new RealDate(wall()).toString(),
    construct: (target, list, self) => Reflect.construct(target, list.length ? list : [wall()], self),
    get: (target, key) => (key === "now" ? dateNow : Reflect.get(target, key)),
  });
  const dateNow = () => wall();
  RealDate.prototype.constructor = ClockDate;
  const set = (on, key, value) => {
    if (on) Object.defineProperty(on, key, { value, writable: true, configurable: true });
  };
  const getter = (on, key, get) => {
    if (on && key in on) Object.defineProperty(on, key, { get, configurable: true });
  };
  set(world, "Date", ClockDate);
  const Format = Intl.DateTimeFormat.prototype;
  const format = Object.getOwnPropertyDescriptor(Format, "format");
  const parts = Format.formatToParts;
  getter(Format, "format", function () {
    const bound = format.get.call(this);
    return (date) => bound(date === undefined ? wall() : date);
  });
  set(Format, "formatToParts", function (date) {
    return parts.call(this, date === undefined ? wall() : date);
  });
  if (world.Temporal) {
    const Now = world.Temporal.Now;
    const instant = () => world.Temporal.Instant.fromEpochMilliseconds(wall());
    const zoned = (zone) => instant().toZonedDateTimeISO(zone ?? Now.timeZoneId());
    set(Now, "instant", instant);
    set(Now, "zonedDateTimeISO", zoned);
    set(Now, "plainDateTimeISO", (zone) => zoned(zone).toPlainDateTime());
    set(Now, "plainDateISO", (zone) => zoned(zone).toPlainDate());
    set(Now, "plainTimeISO", (zone) => zoned(zone).toPlainTime());
  }
  set(world.Performance?.prototype, "now", () => read());
  getter(world.Performance?.prototype, "timeOrigin", () => given.clock);
  getter(world.Performance?.prototype, "timing", () => new Proxy({}, { get: () => given.clock }));
  getter(world.AnimationTimeline?.prototype, "currentTime", () => now);
  getter(world.Event?.prototype, "timeStamp", () => now);
  for (const name of ["PerformanceEntry", "PerformanceResourceTiming", "PerformanceNavigationTiming", "PerformancePaintTiming", "LargestContentfulPaint"]) {
    const proto = world[name]?.prototype;
    for (const [key, had] of Object.entries(Object.getOwnPropertyDescriptors(proto ?? {}))) {
      if (!had.get) continue;
      getter(proto, key, function () {
        const value = had.get.call(this);
        return typeof value === "number" ? 0 : value;
      });
    }
  }

  // --- Timers and frames.
  const report = world.reportError?.bind(world) ?? (() => {});
  const frame = world.requestAnimationFrame?.bind(world);
  const timers = new Map();
  let last = 0;
  let order = 0;
  let depth = 0;
  const add = (run, due, every) => {
    last += 1;
    order += 1;
    timers.set(last, { id: last, run, due, every, order, depth: depth + 1 });
    return last;
  };
  const cancel = (id) => void timers.delete(Number(id));
  const wait = (ms) => Math.max(depth >= 5 ? 4 : 1, Math.min(Math.trunc(Number(ms)) || 0, 2147483647));
  const job = (work, list) => {
    if (typeof work === "function") return () => work.apply(world, list);
    const text = String(work);
    return () => (0, eval)(text);
  };
  set(world, "setTimeout", (work, ms, ...list) => add(job(work, list), now + wait(ms), 0));
  set(world, "setInterval", (work, ms, ...list) => add(job(work, list), now + wait(ms), wait(ms)));
  set(world, "clearTimeout", cancel);
  set(world, "clearInterval", cancel);
  if (frame) {
    set(world, "requestAnimationFrame", (work) => {
      const due = (Math.floor(now / 16) + 1) * 16;
      return add(() => work(due), due, 0);
    });
    set(world, "cancelAnimationFrame", cancel);
    const idle = { didTimeout: false, timeRemaining: () => 50 };
    set(world, "requestIdleCallback", (work) => add(() => work(idle), now + 1, 0));
    set(world, "cancelIdleCallback", cancel);
  }

  // --- Random numbers.
  let state = given.seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  set(Math, "random", () => next() / 4294967296);
  const fill = (array) => {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = next() >>> 24;
    return array;
  };
  set(world.Crypto?.prototype, "getRandomValues", fill);
  set(world.Crypto?.prototype, "randomUUID", () => {
    const bytes = fill(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  });

  // --- The machine: there is no network, which is nobody's news.
  getter(world.Navigator?.prototype ?? world.WorkerNavigator?.prototype, "onLine", () => true);

  // --- Nothing moves by itself: what is animated stands at its end, the caret is not drawn.
  const roots = [];
  const still = world.CSSStyleSheet && world.document ? new CSSStyleSheet() : undefined;
  still?.replaceSync(`*,*::before,*::after,::backdrop,::marker{animation-duration:0s!important;
    animation-delay:0s!important;transition-duration:0s!important;transition-delay:0s!important;
    scroll-behavior:auto!important;caret-color:transparent!important}`);
  const quiet = (root) => {
    if (still && !root.adoptedStyleSheets.includes(still)) root.adoptedStyleSheets.push(still);
  };
  if (still) {
    quiet(world.document);
    const attach = Element.prototype.attachShadow;
    set(Element.prototype, "attachShadow", function (options) {
      const root = attach.call(this, options);
      roots.push(new WeakRef(root));
      quiet(root);
      return root;
    });
    const animate = Element.prototype.animate;
    set(Element.prototype, "animate", function (frames, options) {
      const had = typeof options === "object" && options ? options : {};
      return animate.call(this, frames, { ...had, duration: 0, delay: 0, endDelay: 0 });
    });
  }

  // --- What the one who takes the picture calls.
  // While time stands, Chromium runs no task of the page: what a timer promised is done here, the
  // messages that it posted come when time passes again.
  const hop = async () => {
    for (let more = 0; more < 24; more += 1) await undefined;
  };
  const api = {
    /// Lets time pass: everything due runs in its order.
    async run(ms) {
      const end = now + ms;
      let runs = 0;
      for (; runs < 5000; runs += 1) {
        let first;
        for (const timer of timers.values()) {
          const sooner = !first || timer.due < first.due || (timer.due === first.due && timer.order < first.order);
          if (timer.due <= end && sooner) first = timer;
        }
        if (!first) break;
        now = Math.max(now, first.due);
        reads = 0;
        if (first.every) {
          order += 1;
          Object.assign(first, { due: first.due + first.every, order });
        } else {
          timers.delete(first.id);
        }
        depth = first.every ? 0 : first.depth;
        try {
          first.run();
        } catch (error) {
          report(error);
        }
        depth = 0;
        await hop();
      }
      now = Math.max(now, end);
      reads = 0;
      return timers.size;
    },
    /// Waits for frames that are really drawn.
    frames: (count) =>
      new Promise((done) => {
        const more = (left) => (left > 0 && frame ? frame(() => more(left - 1)) : done());
        more(count);
      }),
    /// Brings what still moves to its end.
    still() {
      if (!still) return 0;
      let moved = 0;
      const all = [document, ...roots.map((root) => root.deref()).filter(Boolean)];
      for (const root of all) {
        quiet(root);
        for (const animation of root.getAnimations()) {
          if (animation.playState !== "running" && animation.playState !== "paused") continue;
          moved += 1;
          const { endTime } = animation.effect?.getComputedTiming() ?? {};
          if (Number.isFinite(endTime) && animation.playState === "running") animation.finish();
          else animation.cancel();
        }
      }
      return moved;
    },
  };
  Object.defineProperty(world, "__leadforge", { value: Object.freeze(api) });
})
