// Whether one is logged in, as far as the answers of the API say. One for all elements of a page: what one of them hears
// holds for all.

export class Session extends EventTarget {
  // in; out; back: logged in again since the page was loaded, which has the token of the session before.
  state = 'in';

  get lost() {
    return this.state === 'out';
  }

  // The status of an answer.
  hear(status) {
    const succeeded = status >= 200 && status < 300;
    const state = status === 401 ? 'out' : this.lost && succeeded ? 'back' : this.state;
    if (state === this.state) return;
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}

export const session = new Session();
