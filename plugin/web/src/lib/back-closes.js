// On a narrow screen "Back" closes what lies over the page, and does not leave it. While something is open, an entry of the
// history stands for it; closed in another way, it goes with it.

export const NARROW = '(max-width: 36rem)'; // where a dialog is a sheet
const MARK = 'parleyOver'; // in the state of such an entry

export class BackCloses {
  // close(): closes what is open.
  constructor(close, { window = globalThis.window } = {}) {
    this.close = close;
    this.window = window;
    this.marked = false;
    this.onBack = this.onBack.bind(this);
  }

  // An entry of before the page was loaded anew stands for nothing any more.
  start() {
    if (this.window.history.state?.[MARK]) this.window.history.back();
  }

  // Something is open, or nothing any more; may be said again.
  set open(open) {
    const { history } = this.window;
    if (open && !this.marked && this.window.matchMedia(NARROW).matches) {
      history.pushState({ ...history.state, [MARK]: true }, '');
      this.window.addEventListener('popstate', this.onBack);
      this.marked = true;
    } else if (!open && this.marked) {
      this.forget();
      history.back();
    }
  }

  // To another address in this page, instead of back from what is open: nothing of that stays in the history.
  // state: of that entry of the history.
  leaveFor(href, state = null) {
    if (this.marked) {
      this.forget();
      this.window.history.replaceState(state, '', href);
    } else {
      this.window.history.pushState(state, '', href);
    }
  }

  onBack() {
    this.forget();
    this.close();
  }

  forget() {
    this.marked = false;
    this.window.removeEventListener('popstate', this.onBack);
  }
}
