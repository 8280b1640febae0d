// Draws its element anew where a day ends while the page is open: what was "Today" is "Yesterday".
import { startOfDay } from './days.js';

export class DayChange {
  // host: a Lit element with `times`.
  constructor(host) {
    this.host = host;
    this.look = this.look.bind(this);
    host.addController(this);
  }

  hostConnected() {
    document.addEventListener('visibilitychange', this.look); // timers stand still while a machine sleeps
    this.look();
  }

  hostUpdated() {
    if (!this.day) this.look();
  }

  hostDisconnected() {
    document.removeEventListener('visibilitychange', this.look);
    clearTimeout(this.timer);
  }

  look() {
    const { times } = this.host;
    if (!times) return;
    const now = Date.now();
    const day = times.dayKey(now);
    if (this.day && day !== this.day) this.host.requestUpdate();
    this.day = day;
    clearTimeout(this.timer);
    this.timer = setTimeout(this.look, Date.parse(startOfDay(day, times.timeZone, 1)) - now);
  }
}
