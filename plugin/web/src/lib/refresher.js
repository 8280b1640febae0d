// Asks again every now and then, as long as somebody looks at the page. The one place that a live stream will replace.

const EVERY = 30_000; // milliseconds

export class Refresher {
  constructor(ask, every = EVERY) {
    this.ask = ask;
    this.every = every;
    this.onSeen = () => {
      if (document.visibilityState === 'visible') this.ask();
    };
  }

  start() {
    this.stop();
    this.timer = setInterval(this.onSeen, this.every);
    document.addEventListener('visibilitychange', this.onSeen);
  }

  stop() {
    clearInterval(this.timer);
    document.removeEventListener('visibilitychange', this.onSeen);
  }
}
