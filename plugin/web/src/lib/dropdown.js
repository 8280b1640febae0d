// A list in a popover, kept beside the button that opened it while the page scrolls or is resized.
import { takePageColours } from './page-colours.js';

const MARGIN = 8; // pixels between the list and the edge of the window
const DISTANCE = 4; // pixels between the button and the list
const THEME = matchMedia('(prefers-color-scheme: dark)');

export class Dropdown {
  // `parts` gives the two as they are drawn now: {button, list}.
  constructor(parts) {
    this.parts = parts;
    this.place = this.place.bind(this);
    this.onKey = this.onKey.bind(this);
    this.colour = this.colour.bind(this);
  }

  // For the popover's beforetoggle event: it is drawn right from the beginning.
  colour() {
    takePageColours(this.parts().list);
  }

  // What the popover's toggle event said.
  set open(open) {
    const change = open ? window.addEventListener : window.removeEventListener;
    change.call(window, 'resize', this.place);
    change.call(window, 'scroll', this.place, { capture: true, passive: true });
    change.call(THEME, 'change', this.colour);
    if (open) this.place();
  }

  // Escape leads back to the button. Browsers do so by themselves, but not from every place within a shadow root.
  onKey(event) {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    const { button, list } = this.parts();
    list.hidePopover();
    button.focus();
  }

  // Below the button, flush with its right edge, within the window; above it where there is no room below. Where there is
  // none at all it is as high as the larger room.
  place() {
    const { button, list } = this.parts();
    const at = button.getBoundingClientRect();
    const most = document.documentElement.clientWidth - list.offsetWidth - MARGIN;
    const below = at.bottom + DISTANCE;
    const rooms = { below: window.innerHeight - MARGIN - below, above: at.top - DISTANCE - MARGIN };
    list.style.maxHeight = '';
    const wanted = list.offsetHeight;
    const isBelow = wanted <= rooms.below || (wanted > rooms.above && rooms.below >= rooms.above);
    const height = Math.min(wanted, isBelow ? rooms.below : rooms.above);
    if (height < wanted) list.style.maxHeight = `${height}px`;
    list.style.left = `${Math.max(MARGIN, Math.min(at.right - list.offsetWidth, most))}px`;
    list.style.top = `${isBelow ? below : at.top - DISTANCE - height}px`;
  }
}
