// The clock in the bar.
import { get, post } from "./api.js";

const DAY = new Intl.DateTimeFormat([], { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
const WITHIN_A_WEEK = new Intl.DateTimeFormat([], { weekday: "short", hour: "2-digit", minute: "2-digit", hour12: false });
const LATER = new Intl.DateTimeFormat([], { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hour12: false });
const SIX_DAYS_MS = 6 * 24 * 3600 * 1000;

export class ClockBar {
  constructor(onError) {
    this.element = document.querySelector("[data-testid=clock]");
    this.onError = onError;
    this.ahead = 0;
    this.element.querySelector(".clock-buttons").addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) this.move(button.dataset.to ? { to: "next" } : { advance: button.dataset.advance });
    });
    setInterval(() => this.draw(), 1000);
  }

  async refresh() {
    this.show(await get("clock"));
  }

  async move(wanted) {
    this.busy(true);
    try {
      this.show(await post("clock", wanted));
    } catch (error) {
      this.onError(error.message);
    } finally {
      this.busy(false);
    }
  }

  show(state) {
    this.ahead = new Date(state.now).getTime() - Date.now();
    this.offset = state.offset_s;
    this.due = state.next_due ? new Date(state.next_due) : null;
    this.busy(state.moving);
    this.draw();
  }

  busy(moving) {
    this.element.dataset.busy = String(moving);
  }

  draw() {
    const now = new Date(Date.now() + this.ahead);
    this.element.querySelector("time").textContent = DAY.format(now);
    this.element.querySelector(".clock-face small").textContent = ahead(this.offset ?? 0);
    const next = this.element.querySelector("[data-to=next]");
    next.disabled = !this.due;
    const format = this.due - now < SIX_DAYS_MS ? WITHIN_A_WEEK : LATER;
    next.querySelector("small").textContent = this.due ? format.format(this.due) : "";
    next.title = this.due ? this.due.toLocaleString() : "Nothing is planned";
  }
}

function ahead(seconds) {
  if (seconds < 30) return "real time";
  const minutes = Math.round(seconds / 60);
  const parts = [[Math.floor(minutes / 1440), "d"], [Math.floor(minutes / 60) % 24, "h"], [minutes % 60, "min"]];
  return `${parts.filter(([count]) => count).map(([count, unit]) => `${count} ${unit}`).join(" ")} ahead`;
}
